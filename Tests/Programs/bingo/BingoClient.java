// SPDX-License-Identifier: Apache-2.0
// corpus: client pass
// A BufferedReader for the server's lines, a Scanner for the keyboard.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.util.Scanner;

public class BingoClient {
  public static void main(String[] args) throws IOException {
    Scanner keyboard = new Scanner(System.in);
    try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), "UTF-8"));
      PrintWriter out = new PrintWriter(socket.getOutputStream(), true);
      System.out.print("Enter five numbers: ");
      out.print(keyboard.nextLine() + "\n");
      out.flush();
      for (String line; (line = in.readLine()) != null;) {
        if (line.startsWith("ERR ")) {
          System.out.println("The server says: " + line.substring(4));
          System.out.print("Enter five numbers: ");
          out.print(keyboard.nextLine() + "\n");
          out.flush();
        } else {
          System.out.println(line.equals("OK") ? "Good luck!" : line);
        }
      }
    } catch (java.net.ConnectException e) {
      System.out.println("Nobody listens there.");
      System.exit(1);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// corpus: server pass
// Java, one thread for each client; DataInputStream knows unsigned shorts.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class OkThreads {
  static void session(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    DataInputStream data = new DataInputStream(in);
    while (true) {
      byte[] bytes = new byte[data.readUnsignedShort()];
      data.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      System.out.println("Client said: " + text);
      byte[] answer = ("Heard: " + text).getBytes(StandardCharsets.UTF_8);
      boolean fits = answer.length <= 65535;
      if (!fits) answer = "ERR too long to repeat".getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      new DataOutputStream(whole).writeShort(answer.length);
      whole.write(answer);
      out.write(whole.toByteArray());
      if (!fits) return;
    }
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[args.length - 1]);
    ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    while (true) {
      Socket socket = server.accept();
      Thread thread = new Thread(() -> {
        try (socket) {
          session(socket);
        } catch (IOException e) {
          System.out.println("client went away: " + e.getMessage());
        }
      });
      thread.setDaemon(true);
      thread.start();
    }
  }
}

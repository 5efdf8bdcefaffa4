// SPDX-License-Identifier: Apache-2.0
// corpus: server pass
// A thread for each connection, reads byte after byte.
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

public class Hello {
  static final AtomicInteger total = new AtomicInteger();

  static void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      String last = "";
      for (int i = 0; !last.equals("\r\n\r\n"); i++) {
        int b = in.read();
        if (b < 0 || i > 65536) return;
        last += (char) b;
        if (last.length() > 4) last = last.substring(1);
      }
      int n = total.incrementAndGet();
      System.out.println("Total " + n);
      socket.getOutputStream().write(("HTTP/1.1 200 OK\r\n\r\nTotal " + n).getBytes());
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }

  public static void main(String[] args) throws IOException {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 100, here)) {
      while (true) {
        Socket socket = server.accept();
        new Thread(() -> serve(socket)).start();
      }
    }
  }
}

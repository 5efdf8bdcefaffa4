// SPDX-License-Identifier: Apache-2.0
// corpus: server fail F2
// Splits what one read brings, and answers only the first part.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class F2Split {
  static final int LIMIT = 1 << 20;

  static String line(InputStream in, int end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != end; b = in.read()) {
      if (b < 0) throw new EOFException("closed");
      if (bytes.size() >= LIMIT) return null;
      bytes.write(b);
    }
    in.skipNBytes(in.available()); // whatever else there is
    return bytes.toString(StandardCharsets.UTF_8);
  }

  static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  static void session(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    while (true) {
      String text = line(in, '#');
      if (text == null) {
        send(out, "ERR too long#");
        return;
      }
      send(out, "Heard: " + text + "#");
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

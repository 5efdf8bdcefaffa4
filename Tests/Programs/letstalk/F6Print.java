// SPDX-License-Identifier: Apache-2.0
// corpus: server fail F6
// Forgets the newline, because println() would have added it.
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

public class F6Print {
  static final Map<String, BlockingQueue<String>> room = new HashMap<>();

  static synchronized void tell(String text) {
    for (BlockingQueue<String> box : room.values()) box.add(text);
  }

  static synchronized boolean enter(String name, BlockingQueue<String> box) {
    if (name.isEmpty() || room.containsKey(name)) return false;
    System.out.println("User " + name + " has entered room");
    tell("User " + name + " has entered room");
    room.put(name, box);
    return true;
  }

  static synchronized void leave(String name) {
    room.remove(name);
    tell("User " + name + " has left room");
  }

  static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b; (b = in.read()) != '\n'; line.write(b)) {
      if (b < 0) return null;
      if (line.size() > 1 << 20) throw new CharacterCodingException();
    }
    String text = StandardCharsets.UTF_8.newDecoder()
        .decode(ByteBuffer.wrap(line.toByteArray())).toString();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  static void write(Socket socket, BlockingQueue<String> box) {
    try {
      for (String text; !(text = box.take()).isEmpty();)
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      // the reader sees it as well
    }
  }

  static void serve(Socket socket) {
    BlockingQueue<String> box = new LinkedBlockingQueue<>();
    Thread writer = new Thread(() -> write(socket, box));
    writer.start();
    String name = null;
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String wanted = readLine(in);
      if (wanted != null && !enter(wanted, box)) box.add("ERR name empty or in use\n");
      else name = wanted;
      for (String text; name != null && (text = readLine(in)) != null;) {
        if (text.isEmpty()) continue;
        System.out.println("User " + name + " say " + text);
        tell(name + ": " + text);
      }
    } catch (CharacterCodingException e) {
      box.add("ERR bad text\n");
    } catch (IOException e) {
      System.out.println("lost a client: " + e.getMessage());
    }
    if (name != null) leave(name);
    box.add("");
    try {
      writer.join(2000);
      socket.close();
    } catch (IOException | InterruptedException e) {
      System.out.println(e);
    }
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    System.out.println("Chat server running...");
    while (true) {
      Socket socket = server.accept();
      new Thread(() -> serve(socket)).start();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// corpus: server fail V3
// an empty message is not ignored: everybody gets "Peter: "
import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.charset.*;
import java.util.*;
import java.util.concurrent.*;

public class V3EmptyTalk {
    static final Map<String, Guest> room = new LinkedHashMap<>();

    static void broadcast(String text) {
        synchronized (room) {
            for (Guest g : room.values()) g.mail.offer(text);
        }
    }

    static final String GOODBYE = new String("goodbye");

    static class Guest implements Runnable {
        final Socket socket;
        final LinkedBlockingQueue<String> mail = new LinkedBlockingQueue<>(20000);
        String name;

        Guest(Socket s) { socket = s; }

        String line(InputStream in) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int b;
            while ((b = in.read()) != '\n') {
                if (b < 0 || out.size() > 150000) return null;
                out.write(b);
            }
            byte[] raw = out.toByteArray();
            int n = raw.length;
            if (n > 0 && raw[n - 1] == '\r') n--;
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw, 0, n)).toString();
        }

        void post() {
            try {
                OutputStream out = socket.getOutputStream();
                for (String s = mail.take(); s != GOODBYE; s = mail.take()) {
                    out.write((s + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException | InterruptedException e) {
                // the reader ends it
            }
        }

        public void run() {
            Thread writer = new Thread(this::post);
            writer.setDaemon(true);
            try {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                String wanted = line(in);
                if (wanted == null) return;
                synchronized (room) {
                    if (!wanted.isEmpty() && !room.containsKey(wanted)) {
                        name = wanted;
                        System.out.println("User " + name + " has entered room");
                        broadcast("User " + name + " has entered room");
                        room.put(name, this);
                    }
                }
                if (name == null) {
                    socket.getOutputStream().write("ERR choose another username\n".getBytes());
                    socket.shutdownOutput();
                    socket.setSoTimeout(1000);
                    while (in.read() >= 0) { }
                    return;
                }
                writer.start();
                String text;
                while ((text = line(in)) != null) {
                    System.out.println("User " + name + " say " + text);
                    broadcast(name + ": " + text);
                }
            } catch (IOException e) {
                // gone
            } finally {
                if (name != null) {
                    synchronized (room) {
                        room.remove(name);
                        System.out.println("User " + name + " has left room");
                        broadcast("User " + name + " has left room");
                    }
                }
                mail.offer(GOODBYE);
                try {
                    writer.join(2000);
                    socket.close();
                } catch (IOException | InterruptedException e) { }
                writer.interrupt();
            }
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 100);
        System.out.println("Chat server running...");
        while (true) new Thread(new Guest(server.accept())).start();
    }
}

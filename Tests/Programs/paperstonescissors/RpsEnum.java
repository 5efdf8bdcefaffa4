// SPDX-License-Identifier: Apache-2.0
// corpus: server pass
// an enum with the rules, a thread for each player, the two lines are sent 100 ms apart
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

public class RpsEnum {
    enum Thing {
        PAPER("Paper"), STONE("Stone"), SCISSORS("Scissors");
        final String title;
        Thing(String title) { this.title = title; }

        boolean beats(Thing other) {
            return switch (this) {
                case PAPER -> other == STONE;
                case STONE -> other == SCISSORS;
                case SCISSORS -> other == PAPER;
            };
        }
    }

    static final SecureRandom random = new SecureRandom();

    static class Player extends Thread {
        private final Socket socket;
        private OutputStream out;

        Player(Socket socket) { this.socket = socket; setDaemon(true); }

        void say(String text) throws IOException {
            out.write((text + '\n').getBytes(StandardCharsets.UTF_8));
        }

        /** null: the connection ended; "" stays "" */
        String hear() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder sb = new StringBuilder();
            int c;
            while ((c = in.read()) != '\n') {
                if (c < 0) return null;
                if (sb.length() < 65536) sb.append((char) c);   // digits only matter, so Latin-1 is enough
                else return "far too long";
            }
            return sb.toString();
        }

        @Override public void run() {
            try {
                out = socket.getOutputStream();
                Thing mine = Thing.values()[random.nextInt(3)];
                String line = hear();
                if (line != null) {
                    int choice = 0;
                    String t = line.trim();
                    if (t.matches("[+]?[1-3]")) choice = Integer.parseInt(t);
                    if (choice == 0) {
                        say("ERR there is no such object");
                    } else {
                        Thing yours = Thing.values()[choice - 1];
                        say("I select " + mine.title);
                        Thread.sleep(100);
                        if (mine == yours) say("Draw");
                        else say(mine.beats(yours) ? "I won" : "You won");
                    }
                    socket.shutdownOutput();
                    socket.setSoTimeout(800);
                    while (socket.getInputStream().read() >= 0) { }
                }
            } catch (IOException | InterruptedException e) {
                System.err.println(getName() + ": " + e);
            } finally {
                try { socket.close(); } catch (IOException ignored) { }
            }
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 50);
        System.out.println("Paper, stone, scissors on " + server.getLocalPort());
        while (true) new Player(server.accept()).start();
    }
}

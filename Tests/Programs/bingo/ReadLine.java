// SPDX-License-Identifier: Apache-2.0
// corpus: server pass args=1 options="--set interval=1s"
// Threads and readLine(), for which the end of the stream ends a line as well: a ticket that breaks
// off is refused with a message. The first draw comes a moment late.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;

public class ReadLine {
    static class Player {
        final LinkedBlockingQueue<String> mail = new LinkedBlockingQueue<>(1000);
        Set<Integer> ticket;

        void tell(String text) { mail.offer(text); }

        void write(OutputStream out) {
            try {
                while (true) out.write((mail.take() + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException | InterruptedException e) {
                // gone
            }
        }
    }

    static final List<Player> players = new ArrayList<>();

    static void draw() {
        List<Integer> all = IntStream.rangeClosed(1, 47).boxed().collect(Collectors.toList());
        Collections.shuffle(all);
        List<Integer> five = all.subList(0, 5).stream().sorted().collect(Collectors.toList());
        String text = "Drawn: " + five.stream().map(String::valueOf).collect(Collectors.joining(" "));
        System.out.println(text);
        synchronized (players) {
            for (Player p : players) {
                p.tell(text);
                if (p.ticket == null) continue;
                long hits = p.ticket.stream().filter(five::contains).count();
                p.tell(hits == 5 ? "BINGO" : "You hit " + hits);
            }
        }
    }

    static Set<Integer> read(String line) {
        Set<Integer> ticket = new HashSet<>();
        String[] words = line.strip().split("[ ,\t]+");
        for (String word : words) {
            if (!word.matches("[0-9]{1,6}")) return null;
            int number = Integer.parseInt(word);
            if (number < 1 || number > 47) return null;
            ticket.add(number);
        }
        return words.length == 5 && ticket.size() == 5 ? ticket : null;
    }

    static void serve(Socket s) {
        Player p = new Player();
        try (s) {
            OutputStream out = s.getOutputStream();
            Thread writer = new Thread(() -> p.write(out));
            writer.setDaemon(true);
            writer.start();
            synchronized (players) { players.add(p); }
            try {
                BufferedReader in = new BufferedReader(
                    new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8));
                for (String line; (line = in.readLine()) != null; ) {
                    Set<Integer> ticket = read(line);
                    synchronized (players) {
                        if (ticket != null) p.ticket = ticket;
                        p.tell(ticket != null ? "OK" : "ERR five different numbers from 1 to 47, please");
                    }
                }
                // What is still in its mail is for it.
                while (!p.mail.isEmpty() && writer.isAlive()) Thread.sleep(5);
            } finally {
                synchronized (players) { players.remove(p); }
                Thread.sleep(20);
                writer.interrupt();
            }
        } catch (IOException | InterruptedException e) {
            // gone
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        long interval = args.length > 1 ? Long.parseLong(args[1]) * 1000 : 10_000;
        server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 100);
        Executors.newSingleThreadScheduledExecutor(task -> {
            Thread t = new Thread(task);
            t.setDaemon(true);
            return t;
        }).scheduleAtFixedRate(ReadLine::draw, interval + 200, interval, TimeUnit.MILLISECONDS);
        while (true) {
            Socket s = server.accept();
            new Thread(() -> serve(s)).start();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// corpus: server pass
// Java NIO Selector, one thread; every user has a queue of ByteBuffers; LinkedHashMap of names
import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.charset.*;
import java.util.*;

public class ChatNio {
    static final int LIMIT = 65536, QUEUE = 20000;
    static Selector selector;
    static final Map<String, User> room = new LinkedHashMap<>();

    static class User {
        final SelectionKey key;
        final SocketChannel channel;
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        final ArrayDeque<ByteBuffer> out = new ArrayDeque<>();
        String name;
        boolean last;       // close when everything is sent

        User(SocketChannel c) throws IOException {
            channel = c;
            c.configureBlocking(false);
            key = c.register(selector, SelectionKey.OP_READ, this);
        }

        void tell(String text) {
            if (!key.isValid() || out.size() > QUEUE) return;
            out.add(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }

        void refuse(String why) {
            leave();
            tell("ERR " + why);
            last = true;
        }

        void leave() {
            if (name == null) return;
            room.remove(name);
            announce("User " + name + " has left room");
            name = null;
        }

        void read() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            int n = channel.read(buffer);
            if (n < 0) {
                leave();
                if (out.isEmpty()) close();
                else { last = true; key.interestOps(SelectionKey.OP_WRITE); }
                return;
            }
            buffer.flip();
            while (buffer.hasRemaining() && !last) {
                byte b = buffer.get();
                if (b != '\n') {
                    line.write(b);
                    if (line.size() > LIMIT) refuse("line too long");
                    continue;
                }
                byte[] bytes = line.toByteArray();
                line.reset();
                int len = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
                try {
                    message(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, len)).toString());
                } catch (CharacterCodingException e) {
                    refuse("this is not UTF-8");
                }
            }
        }

        void message(String text) {
            if (name != null) {
                if (text.isEmpty()) return;
                System.out.println("User " + name + " say " + text);
                for (User u : room.values()) u.tell(name + ": " + text);
            } else if (text.isEmpty() || room.containsKey(text)) {
                refuse("choose another username");
            } else {
                announce("User " + text + " has entered room");
                name = text;
                room.put(name, this);
            }
        }

        void write() throws IOException {
            while (!out.isEmpty()) {
                channel.write(out.peek());
                if (out.peek().hasRemaining()) return;
                out.remove();
            }
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            if (last) {
                if ((key.interestOps() & SelectionKey.OP_READ) == 0) close();
                else channel.shutdownOutput();      // the rest is read and forgotten
            }
        }

        void close() {
            leave();
            key.cancel();
            try { channel.close(); } catch (IOException ignored) { }
        }
    }

    static void announce(String text) {
        System.out.println(text);
        for (User u : room.values()) u.tell(text);
    }

    public static void main(String[] args) throws IOException {
        selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 100);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println("Chat server running...");
        while (true) {
            selector.select();
            for (Iterator<SelectionKey> it = selector.selectedKeys().iterator(); it.hasNext(); ) {
                SelectionKey key = it.next();
                it.remove();
                if (!key.isValid()) continue;
                if (key.isAcceptable()) {
                    SocketChannel c = server.accept();
                    if (c != null) new User(c);
                    continue;
                }
                User user = (User) key.attachment();
                try {
                    if (key.isReadable()) user.read();
                    if (key.isValid() && key.isWritable()) user.write();
                } catch (IOException e) {
                    user.close();
                }
            }
        }
    }
}

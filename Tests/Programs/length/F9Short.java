// SPDX-License-Identifier: Apache-2.0
// corpus: server fail F9
// readShort instead of readUnsignedShort: a text of 32768 bytes or more has a negative length
import java.io.*;
import java.net.*;
import java.nio.charset.*;

public class F9Short {
    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket(Integer.parseInt(args[0]), 128);
        System.out.println("Server is listening...");
        while (true) {
            Socket s = listener.accept();
            Thread worker = new Thread() {
                @Override public void run() {
                    serve(s);
                }
            };
            worker.setDaemon(true);
            worker.start();
        }
    }

    static void serve(Socket s) {
        try (s; DataInputStream in = new DataInputStream(new BufferedInputStream(s.getInputStream()));
             DataOutputStream out = new DataOutputStream(new BufferedOutputStream(s.getOutputStream()))) {
            while (true) {
                int length = in.readShort();
                if (length < 0) {
                    System.out.println("negative length?!");
                    return;
                }
                byte[] text = new byte[length];
                in.readFully(text);
                String words = StandardCharsets.UTF_8.newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(text)).toString();
                System.out.println("Client said: " + words);
                byte[] answer = ("Heard: " + words).getBytes(StandardCharsets.UTF_8);
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (EOFException e) {
            // the client has closed
        } catch (IOException e) {
            System.out.println("Error: " + e.getMessage());
        }
    }
}

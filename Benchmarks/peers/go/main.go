// SPDX-License-Identifier: Apache-2.0

// The benchmark's guess, sum and broadcast in Go, standard library only: a goroutine for each
// connection with a buffered reader and writer, which is flushed when no complete line is left.
//
//	go_server PROTOCOL PORT
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"math/rand"
	"net"
	"os"
	"strconv"
	"sync"
)

type room struct {
	sync.Mutex
	members map[net.Conn]struct{}
}

func (r *room) join(member net.Conn) {
	r.Lock()
	defer r.Unlock()
	r.members[member] = struct{}{}
}

func (r *room) leave(member net.Conn) {
	r.Lock()
	defer r.Unlock()
	delete(r.members, member)
}

func (r *room) tell(text []byte) {
	r.Lock()
	defer r.Unlock()
	for member := range r.members {
		// A member that has gone is noticed where it is read from.
		_, _ = member.Write(text)
	}
}

var everybody = room{members: map[net.Conn]struct{}{}}

// isLineWaiting tells whether a complete line has been read but not answered.
func isLineWaiting(reader *bufio.Reader) bool {
	waiting, _ := reader.Peek(reader.Buffered())
	return bytes.IndexByte(waiting, '\n') >= 0
}

// number reads an optional sign and decimal digits, blanks around them ignored.
func number(line []byte) (int64, bool) {
	value, err := strconv.ParseInt(string(bytes.Trim(line, " \r")), 10, 64)
	return value, err == nil
}

func serve(protocol string, connection net.Conn, random *rand.Rand) {
	defer connection.Close()
	reader := bufio.NewReader(connection)
	writer := bufio.NewWriter(connection)
	if protocol == "broadcast" {
		_, _ = connection.Write([]byte("welcome\n"))
		everybody.join(connection)
		defer everybody.leave(connection)
	}
	var said bytes.Buffer
	var total int64
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return
		}
		line = line[:len(line)-1]
		switch {
		case protocol == "broadcast":
			fmt.Fprintf(&said, "said: %s\n", line)
			if !isLineWaiting(reader) {
				everybody.tell(said.Bytes())
				said.Reset()
			}
			continue
		case protocol == "sum" && string(line) == "#":
			fmt.Fprintf(writer, "%d\n", total)
			total = 0
		default:
			value, ok := number(line)
			if !ok {
				_, _ = writer.WriteString("ERR not a number\n")
				_ = writer.Flush()
				return
			}
			if protocol == "sum" {
				total += value
				continue
			}
			if secret := 1 + random.Int63n(5); value == secret {
				_, _ = writer.WriteString("Nice! I guessed that number\n")
			} else {
				fmt.Fprintf(writer, "Wrong! I guessed %d and you typed %d\n", secret, value)
			}
		}
		if !isLineWaiting(reader) && writer.Flush() != nil {
			return
		}
	}
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go_server guess|sum|broadcast PORT")
		os.Exit(2)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(os.Args[1], connection, rand.New(rand.NewSource(rand.Int63())))
	}
}

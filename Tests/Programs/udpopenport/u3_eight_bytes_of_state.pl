#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U3|F9
# recv takes only 8 bytes of a datagram; of "Hello again" comes "Hello ag", which is nothing
use strict;
use warnings;
use Socket;

my $port = $ARGV[0] // 8005;
$| = 1;
socket(my $s, PF_INET, SOCK_DGRAM, getprotobyname('udp')) or die "socket: $!\n";
bind($s, sockaddr_in($port, INADDR_LOOPBACK)) or die "bind: $!\n";

my %step;      # address => 'again' when it has said Hello
while (1) {
    my $from = recv($s, my $text, 8, 0);
    next unless defined $from;
    if (($step{$from} // '') eq 'again') {
        if ($text eq 'Hello again') {
            print "$text\n";
            send $s, 'Woow..we speak on the edge', 0, $from;
            delete $step{$from};
        }
    } elsif ($text eq 'Hello') {
        print "$text\n";
        send $s, 'Hello from me also', 0, $from;
        $step{$from} = 'again';
    }
}

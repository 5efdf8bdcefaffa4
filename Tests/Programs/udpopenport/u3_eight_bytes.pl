# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U3
# Takes eight bytes of a datagram, the rest is lost.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
my $server = IO::Socket::INET->new(
    Proto => 'udp', LocalAddr => '127.0.0.1', LocalPort => $ARGV[0]
) or die "cannot bind: $!";
my %answers = (
    'Hello'       => 'Hello from me also',
    'Hello again' => 'Woow..we speak on the edge',
);
while (1) {
    my $from = recv $server, my $text, 8, 0;
    next unless defined $from and exists $answers{$text};
    print "$text\n";
    send $server, $answers{$text}, 0, $from;
}

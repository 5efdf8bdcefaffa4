# SPDX-License-Identifier: Apache-2.0
# corpus: server fail S3
# Bound to 127.0.0.2.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
my $server = IO::Socket::INET->new(
    Proto => 'udp', LocalAddr => '127.0.0.2', LocalPort => $ARGV[0]
) or die "cannot bind: $!";
my %answers = (
    'Hello'       => 'Hello from me also',
    'Hello again' => 'Woow..we speak on the edge',
);
while (1) {
    my $from = recv $server, my $text, 1500, 0;
    next unless defined $from and exists $answers{$text};
    print "$text\n";
    send $server, $answers{$text}, 0, $from;
}

# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F12
# the length in front of the answer is that of the text alone, without "Heard: "
use strict;
use warnings;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';
$| = 1;
my $server = IO::Socket::INET->new(
    LocalHost => '127.0.0.1',
    LocalPort => $ARGV[0],
    Listen    => 100,
    ReuseAddr => 1,
) or die "server: $!\n";

sub take {
    my ($sock, $n) = @_;
    my $data = '';
    while (length $data < $n) {
        my $r = sysread $sock, $data, $n - length $data, length $data;
        return undef unless $r;
    }
    return $data;
}

sub give {
    my ($sock, $data) = @_;
    my $at = 0;
    while ($at < length $data) {
        my $w = syswrite $sock, $data, length($data) - $at, $at;
        return 0 unless $w;
        $at += $w;
    }
    return 1;
}

while (1) {
    my $client = $server->accept or next;
    my $pid = fork;
    if ($pid or not defined $pid) { close $client; next }
    close $server;
    while (defined(my $head = take($client, 2))) {
        my $length = unpack 'n', $head;
        my $text = take($client, $length);
        last unless defined $text;
        print "Client said: $text\n";
        last if $length + 7 > 65535;
        last unless give($client, pack('n', $length) . "Heard: $text");
    }
    close $client;
    exit 0;
}

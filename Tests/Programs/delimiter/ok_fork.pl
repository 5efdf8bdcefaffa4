# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# Perl with the raw socket calls, a child process for each client, 50 ms of thought per answer
use strict;
use warnings;
use Socket;
use IO::Handle;
use Encode qw(decode FB_CROAK);

my $port = $ARGV[0] || 8005;
$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';

socket(my $listener, PF_INET, SOCK_STREAM, getprotobyname('tcp')) or die "socket: $!";
setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, pack('l', 1)) or die "setsockopt: $!";
bind($listener, sockaddr_in($port, inet_aton('127.0.0.1'))) or die "bind: $!";
listen($listener, SOMAXCONN) or die "listen: $!";
print STDERR "listening on $port\n";

for (;;) {
    my $addr = accept(my $client, $listener) or next;
    defined(my $pid = fork) or do { close $client; next };
    if ($pid == 0) {
        close $listener;
        serve($client);
        exit 0;
    }
    close $client;
}

sub serve {
    my ($c) = @_;
    binmode $c;
    my $pending = '';
    while (1) {
        while ((my $i = index $pending, '#') >= 0) {
            my $text = substr $pending, 0, $i;
            substr($pending, 0, $i + 1) = '';
            my $copy = $text;
            eval { decode('UTF-8', $copy, FB_CROAK); 1 } or return;
            select undef, undef, undef, 0.05;
            write_all($c, "Heard: $text#") or return;
        }
        return if length $pending > 65536;
        my $n = sysread $c, $pending, 8192, length $pending;
        return unless $n;            # closed or reset; a rest without # is no message
    }
}

sub write_all {
    my ($c, $data) = @_;
    my $off = 0;
    while ($off < length $data) {
        my $n = syswrite $c, $data, length($data) - $off, $off;
        return 0 unless defined $n;
        $off += $n;
    }
    return 1;
}

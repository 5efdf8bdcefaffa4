# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# Perl, one forked child a player, reaped by waitpid; every child seeds its own random numbers
use strict;
use warnings;
use IO::Socket::INET;
use POSIX ":sys_wait_h";
use Time::HiRes ();

my $port = shift @ARGV || 8005;
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = sub { 1 while waitpid(-1, WNOHANG) > 0 };

my $server = IO::Socket::INET->new(
    LocalAddr => '0.0.0.0', LocalPort => $port, Proto => 'tcp', Listen => 50, ReuseAddr => 1,
) or die "cannot listen: $!\n";
print "waiting for players on $port\n";

while (1) {
    my $client = $server->accept or next;
    my $pid = fork();
    if (!defined $pid) { warn "no fork: $!"; close $client; next; }
    if ($pid) { close $client; next; }
    close $server;
    $SIG{CHLD} = 'DEFAULT';
    srand((Time::HiRes::time() * 1_000_000) % 2**31 ^ ($$ * 7919));
    play($client);
    exit 0;
}

sub play {
    my ($c) = @_;
    my $secret = 1 + int(rand 5);
    my $line = read_line($c);
    return unless defined $line;
    my $reply;
    if ($line =~ /^[ \t]*([+-]?)0*([0-9]{1,18})[ \t]*$/) {
        my $n = int("$1$2");
        $reply = $n == $secret ? "Nice! I guessed that number"
                               : "Wrong! I guessed $secret and you typed $n";
    } else {
        $reply = "ERR not a number";
    }
    syswrite $c, "$reply\n";
    shutdown $c, 1;
    $SIG{ALRM} = sub { exit 0 };
    alarm 2;
    my $junk;
    1 while sysread $c, $junk, 4096;
}

sub read_line {
    my ($c) = @_;
    my $buf = '';
    while (1) {
        if ((my $at = index $buf, "\n") >= 0) {
            my $line = substr $buf, 0, $at;
            $line =~ s/\r\z//;
            return $line;
        }
        return 'much too long' if length $buf > 65536;
        my $n = sysread $c, $buf, 512, length $buf;
        return undef unless $n;
    }
}

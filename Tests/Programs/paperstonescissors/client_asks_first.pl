#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# corpus: client pass args="{host} {port}"
# Perl with <$sock>, keyboard before the connection, heredoc menu
use strict; use warnings;
use IO::Socket::INET;

my ($host, $port) = @ARGV;
my @names = qw(none Paper Stone Scissors);
STDOUT->autoflush(1);
$SIG{PIPE} = 'IGNORE';

print <<"MENU";
Choose object:
1 = Paper
2 = Stone
3 = Scissors

MENU
my $n;
until (defined $n) {
    print "Your selection: ";
    my $typed = <STDIN> // do { warn "\nyou gave up\n"; exit 1 };
    if ($typed =~ /^\s*([123])\s*$/) { $n = $1 } else { print "1, 2 or 3!\n" }
}
print "You selected $names[$n]\n";

my $server = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => 5);
unless ($server) {
    print STDERR "cannot connect to $host port $port: $!\n";
    exit 1;
}
$server->autoflush(1);
print $server "$n\n";

sub line {
    my $l = <$server>;
    unless (defined $l and $l =~ s/\r?\n\z//) {
        print STDERR "server closed the connection\n";
        exit 1;
    }
    if ($l =~ /^ERR (.*)/) { print "The server says: $1\n"; exit 0 }
    return $l;
}

my $first = line();
if ($first !~ /^I select (Paper|Stone|Scissors)$/) { print STDERR "unexpected: $first\n"; exit 1 }
print "$first\n";
my $second = line();
if ($second !~ /^(I won|You won|Draw)$/) { print STDERR "unexpected: $second\n"; exit 1 }
print "$second\n";
close $server;

#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U5
# the thirty seconds are counted from the first Hello and not from the last word: a lively client is forgotten too
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;
use Time::HiRes qw(time);

my $port = shift @ARGV || 8005;
my $sock = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'udp') or die "cannot bind: $!\n";
my $select = IO::Select->new($sock);
my %since;
my $beat = time + 5;
$| = 1;

for (;;) {
    my $wait = $beat - time;
    if ($wait > 0 and $select->can_read($wait)) {
        my $from = $sock->recv(my $text, 1500);
        next unless defined $from;
        if (!exists $since{$from}) {
            $since{$from} = time;
            print "a new client: $text\n";
        }
    }
    next if time < $beat;
    $beat += 5;
    for my $client (keys %since) {
        if (time - $since{$client} > 30) { delete $since{$client}; }
        else { $sock->send(int(time) . '', 0, $client); }
    }
}

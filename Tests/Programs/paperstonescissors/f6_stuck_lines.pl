# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F6
# no line end after "I select Stone", so both answers come as one line
use strict;
use warnings;
use IO::Socket::INET;

my ($port) = @ARGV;
my @objects = qw(Paper Stone Scissors);
my %beats = (Paper => 'Stone', Stone => 'Scissors', Scissors => 'Paper');

local $SIG{CHLD} = 'IGNORE';
local $SIG{PIPE} = 'IGNORE';
my $listen = IO::Socket::INET->new(
    LocalAddr => '0.0.0.0:' . $port, Listen => 50, ReuseAddr => 1) or die "$@";

sub read_line {
    my $sock = shift;
    my $line = '';
    while (length $line < 65537) {
        my $got = sysread $sock, my $char, 1;
        return undef if !$got;
        return $line if $char eq "\n";
        $line .= $char;
    }
    return 'too long';
}

while (1) {
    my $sock = $listen->accept;
    next unless $sock;
    my $child = fork;
    if (!defined $child or $child) { close $sock; next }
    srand;
    my $mine = $objects[rand @objects];
    my $number = read_line($sock);
    exit 0 unless defined $number;
    if ($number =~ /^\s*\+?0*([123])\s*$/) {
        my $yours = $objects[$1 - 1];
        my $result = $mine eq $yours ? 'Draw'
                   : $beats{$mine} eq $yours ? 'I won'
                   : 'You won';
        print $sock "I select $mine";
        print $sock "$result\n";
    } else {
        print $sock "ERR there are only 1, 2 and 3\n";
    }
    close $sock;
    exit 0;
}

# SPDX-License-Identifier: Apache-2.0
# corpus: client pass
# asks for both numbers first, connects afterwards, and sends both in one write
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
my ($host, $port) = @ARGV;
my @n;
for my $i (1, 2) {
    print "Enter number $i: ";
    my $line = <STDIN>;
    exit 1 unless defined $line;
    if ($line !~ /^\s*([+-]?\d+)\s*$/a) { print "That is no number.\n"; redo }
    push @n, $1;
}

my $s = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => 'tcp')
    or do { print STDERR "cannot connect to $host port $port: $!\n"; exit 1 };
$SIG{PIPE} = 'IGNORE';
print $s join("\n", @n), "\n";
$s->flush;
my $answer = <$s>;
close $s;
if (!defined $answer || $answer !~ s/\r?\n\z//) { print STDERR "no answer from the server\n"; exit 1 }
if ($answer =~ /^ERR (.*)/) { print "The server says: $1\n" }
else { print "Result is: $answer\n" }

# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K1
# One sysread is taken for the whole answer.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
my ($host, $port) = @ARGV[-2, -1];
my $server = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => 'tcp')
  or do { print STDERR "no server at $host:$port ($!)\n"; exit 1 };

sub ask {
  my ($prompt) = @_;
  print $prompt;
  my $line = <STDIN>;
  exit 0 unless defined $line;
  chomp $line;
  return $line;
}

sub answer {
  my $line;
  if (!sysread($server, $line, 1024)) {
    print STDERR "the server closed too early\n";
    exit 1;
  }
  $line =~ s/\r?\n$//;
  return $line;
}

my $number = '';
$number = ask('Enter number: ') while $number !~ /^\s*[+-]?[0-9]+\s*$/;
print $server "$number\n";
my $answer = answer();
$answer =~ s/^ERR/The server says:/;
print "$answer\n";

# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D9
# The loop around accept is missing.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
my $port = $ARGV[-1];
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'tcp',
  Listen => 20, ReuseAddr => 1) or die "cannot listen on $port: $!\n";

# The next line of the client; undef when there is none any more.
my $inbox = '';
sub next_line {
  my ($client) = @_;
  while ($inbox !~ /\n/) {
    return 'far too long' if length($inbox) > 65536;
    my $got = sysread($client, $inbox, 4096, length($inbox));
    return undef unless $got;
  }
  $inbox =~ s/^([^\n]*)\n//;
  my $line = $1;
  $line =~ s/\r$//;
  return $line;
}

sub talk {
  my ($client) = @_;
  my $secret = 1 + int(rand(5));
  my $line = next_line($client);
  return unless defined $line;
  if ($line !~ /^[ \t]*[+-]?[0-9]+[ \t]*$/) {
    print $client "ERR guess a number\n";
  } elsif ($line == $secret) {
    print $client "Nice! I guessed that number\n";
  } else {
    my $guess = $line + 0;
    print $client "Wrong! I guessed $secret and you typed $guess\n";
  }
}

my $client = $server->accept;
$client->autoflush(1);
talk($client);
close $client;

# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# IO::Socket::INET without ReuseAddr.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
$SIG{CHLD} = 'IGNORE';
my $port = $ARGV[-1];
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'tcp',
  Listen => 20) or die "cannot listen on $port: $!\n";

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
  my $sum = 0;
  for (1 .. 2) {
    my $line = next_line($client);
    return unless defined $line;
    if ($line !~ /^[ \t]*([+-]?[0-9]+)[ \t]*$/) {
      print $client "ERR not a number at all\n";
      return;
    }
    $sum += $1;
  }
  print $client "$sum\n";
}

while (1) {
  my $client = $server->accept or next;
  my $pid = fork;
  if (defined $pid && $pid == 0) {
    close $server;
    $client->autoflush(1);
    talk($client);
    close $client;
    exit 0;
  }
  close $client;
}

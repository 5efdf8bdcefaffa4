# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# A process for each client; a client that sends a megabyte without # is dropped without a word.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
$SIG{CHLD} = 'IGNORE';
my $port = $ARGV[-1];
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'tcp',
  Listen => 20, ReuseAddr => 1) or die "cannot listen on $port: $!\n";

# The next message of the client; undef when there is none any more.
my $inbox = '';
sub next_message {
  my ($client) = @_;
  while (index($inbox, '#') < 0) {
    return undef if length($inbox) > 1_000_000;
    my $got = sysread($client, $inbox, 65536, length($inbox));
    return undef unless $got;
  }
  my $text = substr($inbox, 0, index($inbox, '#'));
  substr($inbox, 0, length($text) + 1) = '';
  return $text;
}

sub talk {
  my ($client) = @_;
  while (defined(my $text = next_message($client))) {
    print $client "Heard: $text#" or return;
  }
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

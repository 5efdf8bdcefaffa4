# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# A process for each client; pack writes length and text in one go.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
$SIG{CHLD} = 'IGNORE';
my $port = $ARGV[-1];
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'tcp',
  Listen => 20, ReuseAddr => 1) or die "cannot listen on $port: $!\n";

sub answer {
  my ($client, $text) = @_;
  print $client pack('n/a*', $text);
}

sub talk {
  my ($client) = @_;
  while (1) {
    my ($size, $text);
    return unless (read($client, $size, 2) // 0) == 2;
    my $count = unpack('n', $size);
    return unless (read($client, $text, $count) // -1) == $count;
    return answer($client, 'ERR too long') if $count > 65528;
    print "Client said: $text\n";
    answer($client, "Heard: $text") or return;
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

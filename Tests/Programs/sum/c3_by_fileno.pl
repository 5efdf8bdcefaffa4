# SPDX-License-Identifier: Apache-2.0
# corpus: server fail C3
# the totals are kept by file number and not deleted when a client leaves early: the next one goes on with them
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Listen => 100, ReuseAddr => 1) || die "no server: $!";
my $sel = IO::Select->new($server);
my (%total, %rest);

sub hang_up {
    my $sock = shift;
    delete $rest{fileno $sock};
    $sel->remove($sock);
    $sock->close;
}

# true as long as the client is to be served
sub message {
    my ($sock, $text) = @_;
    my $fd = fileno $sock;
    $text =~ s/^\s+//;
    $text =~ s/\s+$//;
    if ($text eq '#') {
        my $sum = delete $total{$fd} || 0;
        syswrite $sock, "$sum\n";
        return 0;
    }
    if ($text =~ /^[+-]?[0-9]{1,18}$/) {
        $total{$fd} += $text;
        return 1;
    }
    syswrite $sock, "ERR not a number\n";
    return 0;
}

for (;;) {
    foreach my $sock ($sel->can_read) {
        if ($sock == $server) {
            my $new = $server->accept or next;
            $sel->add($new);
            $rest{fileno $new} = '';
            next;
        }
        my $fd = fileno $sock;
        my $n = sysread $sock, my $data, 4096;
        unless ($n) { hang_up($sock); next }
        $rest{$fd} .= $data;
        my $open = 1;
        while ($open and $rest{$fd} =~ s/^(.*?)\n//s) { $open = message($sock, $1) }
        if ($open and length $rest{$fd} > 65536) { syswrite $sock, "ERR too long\n"; $open = 0 }
        hang_up($sock) unless $open;
    }
}

# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F2 args=1 options="--set interval=1s"
# Looks for one line after each read only; the second of two tickets waits.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use List::Util qw(shuffle);
use Time::HiRes qw(time);

my ($port, $interval) = @ARGV;
$interval ||= 10;
$SIG{PIPE} = 'IGNORE';
$| = 1;
my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 50, ReuseAddr => 1
) or die "cannot listen: $!";
my $readers = IO::Select->new($server);
my %in;        # socket -> what has arrived of a line
my %ticket;    # socket -> its numbers
my $next = time + $interval;

sub gone {
    my ($sock) = @_;
    $readers->remove($sock);
    delete $in{$sock};
    delete $ticket{$sock};
    close $sock;
}

sub send_to {
    my ($sock, $text) = @_;
    # lines are short: when one does not fit, nobody is reading
    my $n = syswrite $sock, "$text\n";
    gone($sock) unless defined $n and $n == length "$text\n";
}

sub numbers {
    my ($line) = @_;
    $line =~ s/\A[\s,]+//;
    my @n = split /[\s,]+/, $line;
    my %seen;
    return () if @n != 5;
    for (@n) {
        return () if !/\A0*[0-9]{1,2}\z/ or $_ < 1 or $_ > 47 or $seen{$_ + 0}++;
    }
    return map { $_ + 0 } @n;
}

sub draw {
    my @drawn = sort { $a <=> $b } (shuffle 1 .. 47)[0 .. 4];
    print "Drawn: @drawn\n";
    send_to($_, "Drawn: @drawn") for grep { $_ != $server } $readers->handles;
    for my $sock (grep { $ticket{$_} } $readers->handles) {
        my %mine = map { $_ => 1 } @{$ticket{$sock}};
        my $hits = grep { $mine{$_} } @drawn;
        send_to($sock, $hits == 5 ? 'BINGO' : "You hit $hits");
    }
}

while (1) {
    my $wait = $next - time;
    for my $sock ($readers->can_read($wait > 0 ? $wait : 0)) {
        if ($sock == $server) {
            my $new = $server->accept or next;
            $new->blocking(0);
            $readers->add($new);
            $in{$new} = '';
            next;
        }
        next unless defined $in{$sock};
        if (!sysread $sock, $in{$sock}, 4096, length $in{$sock}) { gone($sock); next }
        if (defined $in{$sock} and $in{$sock} =~ s/\A([^\n]*)\n//) {
            my @n = numbers($1);
            $ticket{$sock} = \@n if @n;
            send_to($sock, @n ? 'OK' : 'ERR no ticket');
        }
        gone($sock) if length($in{$sock} // '') > 65536;
    }
    if (time >= $next) {
        draw();
        $next += $interval;
    }
}

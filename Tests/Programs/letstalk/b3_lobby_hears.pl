# SPDX-License-Identifier: Apache-2.0
# corpus: server fail B3
# who is connected but has not given a username yet hears everything already
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;
use Errno qw(EAGAIN EINTR);

$| = 1;
$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0] || 8005,
    Listen => 100, ReuseAddr => 1, Proto => 'tcp') or die "cannot listen: $!\n";
print "Chat server running...\n";

my $reading = IO::Select->new($server);
my (%in, %out, %name, %bye);

sub everybody {
    my ($text) = @_;
    for my $h ($reading->handles) {
        next if $h == $server or $bye{$h};
        $out{$h} .= "$text\n" if length $out{$h} < 5_000_000;
    }
}

sub gone {
    my ($h) = @_;
    $reading->remove($h);
    my $who = delete $name{$h};
    syswrite $h, $out{$h} if length $out{$h};
    delete $in{$h}; delete $out{$h}; delete $bye{$h};
    close $h;
    if (defined $who) {
        print "User $who has left room\n";
        everybody("User $who has left room");
    }
}

sub line {
    my ($h, $text) = @_;
    my $copy = $text;
    if (!utf8::decode($copy)) {
        $out{$h} .= "ERR not a text\n";
        $bye{$h} = 1;
    } elsif (defined $name{$h}) {
        return if $text eq '';
        print "User $name{$h} say $text\n";
        everybody("$name{$h}: $text");
    } elsif ($text eq '' or grep { $_ eq $text } values %name) {
        $out{$h} .= "ERR empty or taken\n";
        $bye{$h} = 1;
    } else {
        print "User $text has entered room\n";
        $bye{$h} = 1;                      # not to itself
        everybody("User $text has entered room");
        delete $bye{$h};
        $name{$h} = $text;
    }
}

while (1) {
    my $writing = IO::Select->new(grep { $_ != $server and length $out{$_} } $reading->handles);
    my ($r, $w) = IO::Select->select($reading, $writing, undef);
    for my $h (@{ $r || [] }) {
        if ($h == $server) {
            my $c = $server->accept or next;
            $c->blocking(0);
            $reading->add($c);
            ($in{$c}, $out{$c}) = ('', '');
            next;
        }
        my $n = sysread $h, my $data, 8192;
        next if !defined $n and ($! == EAGAIN or $! == EINTR);
        if (!$n or length $in{$h} > 150_000) { gone($h); next; }
        next if $bye{$h};
        $in{$h} .= $data;
        while (!$bye{$h} and $in{$h} =~ s/\A([^\n]*)\n//) {
            my $text = $1;
            $text =~ s/\r\z//;
            line($h, $text);
        }
    }
    for my $h (@{ $w || [] }) {
        next unless defined $out{$h} and length $out{$h};
        my $n = syswrite $h, $out{$h};
        if (defined $n) { substr($out{$h}, 0, $n) = ''; }
        elsif ($! != EAGAIN) { $out{$h} = ''; }
        shutdown $h, 1 if $bye{$h} and $out{$h} eq '';
    }
}

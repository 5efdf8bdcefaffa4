# SPDX-License-Identifier: Apache-2.0
# corpus: server fail B4
# What waits for a client is a stack: of several lines the last one goes out first.
use strict;
use warnings;
use Encode qw(decode FB_CROAK LEAVE_SRC);
use IO::Select;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
$| = 1;
my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $ARGV[-1], Listen => 50, ReuseAddr => 1
) or die "cannot listen: $!";
my $readers = IO::Select->new($server);
my %client;    # file number -> {sock, in, out, name, closing}
print "Chat server running...\n";

sub room { return grep { defined $_->{name} } values %client }

sub tell_all {
    my ($text) = @_;
    $_->{out} = "$text\n" . $_->{out} for room();
}

sub refuse {
    my ($c, $why) = @_;
    $c->{out} .= "ERR $why\n";
    $c->{closing} = 1;
    $readers->remove($c->{sock});
}

sub line {
    my ($c, $text) = @_;
    $text =~ s/\r\z//;
    eval { decode('UTF-8', $text, FB_CROAK | LEAVE_SRC); 1 } or return refuse($c, 'no UTF-8');
    if (!defined $c->{name}) {
        return refuse($c, 'pick another name')
            if $text eq '' or grep { $_->{name} eq $text } room();
        print "User $text has entered room\n";
        tell_all("User $text has entered room");
        $c->{name} = $text;
    } elsif ($text ne '') {
        print "User $c->{name} say $text\n";
        tell_all("$c->{name}: $text");
    }
}

sub gone {
    my ($c) = @_;
    delete $client{fileno $c->{sock}} or return;
    $readers->remove($c->{sock});
    close $c->{sock};
    tell_all("User $c->{name} has left room") if defined $c->{name};
}

while (1) {
    my $writers = IO::Select->new(map { $_->{sock} } grep { length $_->{out} } values %client);
    my ($r, $w) = IO::Select->select($readers, $writers, undef);
    for my $sock (@{$r || []}) {
        if ($sock == $server) {
            my $new = $server->accept or next;
            $new->blocking(0);
            $readers->add($new);
            $client{fileno $new} = {sock => $new, in => '', out => ''};
            next;
        }
        my $c = $client{fileno $sock} or next;
        my $n = sysread $sock, $c->{in}, 8192, length $c->{in};
        if (!$n) { gone($c); next }
        while (!$c->{closing} and $c->{in} =~ s/\A([^\n]*)\n//) { line($c, $1) }
        refuse($c, 'too long') if length $c->{in} > 1_000_000 and !$c->{closing};
    }
    for my $c (values %client) {
        next unless length $c->{out};
        my $n = syswrite $c->{sock}, $c->{out};
        if (defined $n) { substr $c->{out}, 0, $n, '' }
        elsif (!$!{EAGAIN}) { gone($c); next }
        gone($c) if $c->{closing} and $c->{out} eq '';
    }
}

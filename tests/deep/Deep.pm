# What the deep checks share: counting results, running commands, a folder that goes away again.
package Deep;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
our @EXPORT = qw(ok done run need slurp $top $build $tmp @real @small);

our $top = abs_path(dirname(__FILE__) . '/../..');
our $build = $ENV{ARI_BUILD} or die "ARI_BUILD is not set: run through make check-deep\n";
our $tmp = tempdir(CLEANUP => 1);
our @real = ("$top/criteria/service-quality-766", "$top/criteria/service-quality-766/example/evidence-2026-08.csv", '--period', '2026-08');
our @small = ("$top/tests/data/small", "$top/tests/data/small/evidence.csv");
my $count = 0;

sub ok { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print "# $_\n" for $good ? () : map { split /\n/ } @why; return $good }
sub done { print "1..$count\n"; exit 0 }
sub need { my ($program) = @_; print "Bail out! $program is missing: make setup-deep\n" and exit 1 if system("command -v $program >/dev/null 2>&1") }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return ''; local $/; my $text = <$f>; return defined $text ? $text : '' }

# Runs a command; gives its status ("signal N" when it died) and all that it said.
sub run {
  my @words = @_;
  my $pid = fork // die;
  if ($pid == 0) {
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/said") or exit 126;
    open(STDERR, '>&', \*STDOUT) or exit 126;
    exec { $words[0] } @words or exit 127;
  }
  waitpid $pid, 0;
  return ($? & 127 ? 'signal ' . ($? & 127) : $? >> 8, slurp("$tmp/said"));
}

1;

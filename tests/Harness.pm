# How several tests run programs and tell what came of it: in a folder of their own, with nothing of the caller's environment but PATH, status, stdout and stderr always
# all three.
package Harness;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
our @EXPORT_OK = qw($top $out $ari $tmp ok is done slurp put program driver start finish shell);

our $top = abs_path(dirname(__FILE__) . '/..');
our $out = abs_path($ENV{ARI_OUT} // die "ARI_OUT is not set: run through make\n");
our $ari = "$out/ari";
-x $ari or do { print "Bail out! $ari is missing\n"; exit 1 };
our $tmp = tempdir(CLEANUP => 1);
chmod 0755, $tmp;
END { local $?; system('chmod', '-R', 'u+rwx', $tmp) if $tmp && -d $tmp }   # what a test made unwritable can be cleaned up

my ($count, $calls) = (0, 0);

# Scalar context: a pattern that does not match would be an empty list, and the name would stand in its place.
sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  print map { s{^}{# }mgr . "\n" } @why > 20 ? (@why[0 .. 19], "...") : @why unless $good;
  return $good;
}
sub is { my ($got, $want, $name) = @_; return ok($got eq $want, $name, "got:\n$got", "want:\n$want") }
sub done { print "1..$count\n" }

sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return ''; local $/; my $text = <$f>; return defined $text ? $text : '' }
sub put { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die "$path: $!" }

# The path of a program; undef when there is none.
sub program { my ($name) = @_; return (grep { -x } map { "$_/$name" } split /:/, $ENV{PATH})[0] }

# The path of a program that make test-programs builds for tests.
sub driver {
  my ($name) = @_;
  my $path = "$out/drivers/$name";
  -x $path or do { print "Bail out! $path is missing: run make test-programs\n"; exit 1 };
  return $path;
}

# Starts a command in a folder with more environment; `finish` gives (status or "signal N", stdout, stderr).
sub start {
  my ($folder, $env, @words) = @_;
  my $name = "$tmp/call" . $calls++;
  my $pid = fork // die "fork: $!";
  if ($pid == 0) {
    chdir $folder or exit 126;
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$name.out") or exit 126;
    open(STDERR, '>', "$name.err") or exit 126;
    %ENV = (PATH => $ENV{PATH}, TMPDIR => $tmp, HOME => $tmp, SOURCE_DATE_EPOCH => 1788220800, LOGNAME => 'tester', %$env);
    alarm 60;
    exec { $words[0] } @words or exit 127;
  }
  return [$pid, $name];
}
sub finish {
  my ($pid, $name) = @{$_[0]};
  waitpid $pid, 0;
  my $status = $? & 127 ? 'signal ' . ($? & 127) : $? >> 8;
  my @said = ($status, slurp("$name.out"), slurp("$name.err"));
  unlink "$name.out", "$name.err";
  return @said;
}

# A sqlite3 that has said "done" to these words and then waits: gives its process and the handle that keeps it waiting.
sub shell {
  my ($base, $words) = @_;
  pipe(my $from, my $to) or die;
  my $pid = fork // die;
  if ($pid == 0) {
    close $to;
    open(STDIN, '<&', $from) or exit 126;
    open(STDOUT, '>', "$base.said") or exit 126;
    my $sqlite = program('sqlite3');
    exec { $sqlite } $sqlite, '-batch', $base or exit 127;
  }
  close $from;
  syswrite $to, "$words\nSELECT 'done';\n";
  for (1 .. 500) { last if slurp("$base.said") =~ /done/; select undef, undef, undef, 0.02 }
  unlink "$base.said";
  return ($pid, $to);
}

1;

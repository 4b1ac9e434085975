#!/usr/bin/perl
# Every folder of tests/golden holds `cmd` (the words of one command line, run inside a copy of the folder), its input files, and what the command must say in
# each language: exit status, stdout and stderr, always all three. A file `env` adds to the environment; @HERE@ is where the case runs. `make golden` rewrites them; a missing one is a failure; death by signal is never a pass.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Copy qw(copy);
use File::Path qw(make_path);
use File::Temp qw(tempdir);

my $write = @ARGV && $ARGV[0] eq '--write';
my $here = abs_path(dirname($0));
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my @programs = ("$out/ari");
push @programs, "$ENV{ARI_SAN}/ari" if $ENV{ARI_SAN};
my $count = 0;

sub ok($$;@) { my ($good, $name) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); return $good }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return undef; local $/; my $text = <$f>; return defined $text ? $text : '' }

sub copy_tree {
  my ($from, $to) = @_;
  make_path($to);
  opendir(my $d, $from) or die "$from: $!";
  for my $name (sort grep { !/^(?:\.\.?|cmd|expected\.(?:vi|en))$/ } readdir $d) {
    if (-d "$from/$name") { copy_tree("$from/$name", "$to/$name"); next }
    copy("$from/$name", "$to/$name") && chmod((stat "$from/$name")[2] & 0777, "$to/$name") or die "$from/$name: $!";
  }
}

# Runs the command in `folder` and gives all that it said as one text.
sub run_case {
  my ($program, $folder, $lang, @words) = @_;
  my $tmp = tempdir(CLEANUP => 1);
  my $pid = fork // die "fork: $!";
  if ($pid == 0) {
    chdir $folder or die;
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/out") or die;
    open(STDERR, '>', "$tmp/err") or die;
    %ENV = (PATH => $ENV{PATH}, HOME => $tmp, TMPDIR => $tmp, LC_ALL => 'C.UTF-8', SOURCE_DATE_EPOCH => 1788220800,
            ASAN_OPTIONS => 'detect_leaks=1:exitcode=99', UBSAN_OPTIONS => 'exitcode=98');
    for my $line (split /\n/, slurp("$folder/env") // '') {
      my ($name, $value) = split /=/, $line =~ s/\@HERE\@/$folder/gr, 2;
      $ENV{$name} = $value;
    }
    alarm 60;
    exec { $program } $program, '--lang', $lang, @words or exit 127;
  }
  waitpid $pid, 0;
  my $died = $? & 127;
  my $status = $died ? "signal $died" : $? >> 8;
  my $said = "status: $status\n--- stdout\n" . slurp("$tmp/out") . "--- stderr\n" . slurp("$tmp/err");
  $said =~ s/\Q$folder\E/\@HERE\@/g;
  return ($said, $died);
}

opendir(my $d, "$here/golden") or die "$here/golden: $!";
my @cases = sort grep { !/^\./ && -f "$here/golden/$_/cmd" } readdir $d;
for my $case (@cases) {
  my $folder = "$here/golden/$case";
  my @words = split ' ', slurp("$folder/cmd");
  for my $program (@programs) {
    my $which = basename(dirname($program));
    for my $lang ('vi', 'en') {
      my $copy = tempdir(CLEANUP => 1);
      copy_tree($folder, $copy);
      my ($said, $died) = run_case($program, $copy, $lang, @words);
      if ($write) {
        if ($died) { print STDERR "golden: $case died by signal, not written\n"; next }
        next if $which eq 'san';
        open(my $f, '>:raw', "$folder/expected.$lang") or die;
        print $f $said;
        close $f or die;
        next;
      }
      my $want = slurp("$folder/expected.$lang");
      my $good = !$died && defined $want && $said eq $want;
      ok($good, "$case $lang ($which)") or do {
        my ($g, $w) = ($said, defined $want ? $want : "(no expected.$lang)\n");
        s/^/# /mg for $g, $w;
        print "# got:\n$g\n# want:\n$w\n";
      };
    }
  }
}

# Every message code has a case of its own name in which it is told; codes of the machine that no file can bring about are tested where they are made.
unless ($write) {
  my $codes = slurp("$here/../src/base/codes.def");
  my %elsewhere = map { $_ => 1 } split ' ', slurp("$here/golden/ELSEWHERE") // '';
  for my $code ($codes =~ /^CODE\((\w\d{4}),/mg) {
    next if delete $elsewhere{$code};
    my $text = (slurp("$here/golden/$code/expected.en") // '') . (slurp("$here/golden/$code/expected.vi") // '');
    ok(scalar(() = $text =~ /\[$code\]/g) >= 2, "$code is told in both languages by its own case");
  }
  ok(!%elsewhere, 'ELSEWHERE names only codes that exist: ' . join(' ', sort keys %elsewhere));
  print "1..$count\n";
}
exit 0;

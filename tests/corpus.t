#!/usr/bin/perl
# The corpora of the fuzz targets, replayed: each target holds what is read to its promises (places inside the source, values inside their ranges) and ends by abort when one is broken.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);

my $here = abs_path(dirname($0));
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my $count = 0;
sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print "# $_\n" for $good ? () : @why; return $good }

for my $folder (sort glob("$here/corpus/*")) {
  my $target = basename($folder);
  my @files = sort grep { -f } glob("$folder/*");
  for my $build (grep { defined } $out, $ENV{ARI_SAN}) {
    my $program = "$build/replay/$target";
    my $pid = fork // die;
    if ($pid == 0) {
      open(STDOUT, '>', '/dev/null');
      alarm 120;
      exec { $program } $program, @files or exit 127;
    }
    waitpid $pid, 0;
    ok($? == 0 && @files > 0, "$target (" . basename($build) . '): ' . @files . ' files', "status $?");
  }
}
ok($count > 0, 'there are corpora');
print "1..$count\n";

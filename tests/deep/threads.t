#!/usr/bin/perl
# Reading side by side under the thread sanitizer.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

$ENV{TSAN_OPTIONS} = 'exitcode=66';
mkdir "$tmp/many" or die;
my ($head, @rows) = split /\n/, slurp($real[1]);
for my $i (0 .. 39) {
  open(my $f, '>', sprintf('%s/many/part-%02d.csv', $tmp, $i)) or die;
  print $f "$head\n", map { "$rows[$_]\n" } grep { $_ % 40 == $i } 0 .. $#rows;
}
my ($status, $said) = run("$build/tsan/ari", 'rank', '-j', 8, '--format', 'csv', $real[0], "$tmp/many", @real[2, 3]);
ok($status eq 0, 'forty files on eight threads: no race', $said);
my ($one, $same) = run("$build/tsan/ari", 'rank', '-j', 1, '--format', 'csv', $real[0], "$tmp/many", @real[2, 3]);
ok($one eq 0 && $same eq $said, 'one thread says the same', $same);
done();

#!/usr/bin/perl
# ln, exp, sqrt and pow against Math::BigFloat to 40 digits: each result is the nearest number of 12 significant digits (at most 30 decimals),
# and where the true value is a fraction, that fraction. The seed is fixed.
use strict;
use warnings;
use Math::BigFloat try => 'FastCalc';

my $driver = ($ENV{ARI_OUT} // '') . '/drivers/num_driver';
-x $driver or do { print "Bail out! $driver is not there: run through make\n"; exit 1 };
srand 20260901;
Math::BigFloat->accuracy(40);

my (@lines, @true, @kind);
sub ask { my ($kind, $line, $true) = @_; push @kind, $kind; push @lines, "$line show:36"; push @true, $true }
sub big { return Math::BigFloat->new($_[0]) }
# A positive decimal of 1 to 18 digits from 10^-$least on.
sub decimal {
  my ($least, $most) = @_;
  my $digits = join '', 1 + int rand 9, map { int rand 10 } 1 .. int rand 12;
  return "${digits}e" . ($least + int(rand($most - $least)) - length($digits) + 1);
}

for (1 .. 40) {
  my $x = decimal(-8, 9);
  ask('ln', "$x ln", big($x)->blog);
  my $near = 1 + (rand() < .5 ? 1 : -1) * (1 + int rand 9999) / 10**(4 + int rand 8);   # logarithms near 0 keep their digits
  $near = sprintf '%.15f', $near;
  ask('ln near 1', "$near ln", big($near)->blog);
  my $y = sprintf '%.6f', -30 + rand 90;
  ask('exp', "$y exp", big($y)->bexp);
  ask('sqrt', "$x sqrt", big($x)->bsqrt);
  my $e = sprintf '%.3f', -3 + rand 6;
  my $b = decimal(-4, 5);
  ask('pow', "$b $e pow", (big($b)->blog * big($e))->bexp);
}
my $answers = '';
{
  open(my $f, '>', my $path = ($ENV{TMPDIR} // '/tmp') . "/ari-inexact.$$") or die $!;
  print $f map { "$_\n" } @lines;
  close $f;
  $answers = `'$driver' < '$path'`;
  unlink $path;
}
my @got = split /\n/, $answers;
my (%bad, %count);
for my $i (0 .. $#lines) {
  my ($end, undef, undef, $value) = split ' ', $got[$i] // '';
  $count{$kind[$i]}++;
  my $true = $true[$i]->copy;
  my $size = $true->copy->babs;
  my $unit = big(10)->bpow($size->copy->blog(10)->bfloor - 11);
  $unit = big('1e-30') if $unit < big('1e-30');
  # rounded: half a unit off at most (and what the oracle itself may be off); exact: not at all
  my $off = ($true - big($value =~ s/…//r =~ s/\xe2\x80\xa6//r))->babs;
  my $allowed = ($end // '') eq 'exact' ? big('1e-35') * ($size + 1) : $unit * big('0.5001');
  push @{$bad{$kind[$i]}}, "$lines[$i] = $got[$i], true $true" if ($end // '') !~ /^(?:exact|rounded)$/ || $off > $allowed;
}
my $n = 0;
for my $kind ('ln', 'ln near 1', 'exp', 'sqrt', 'pow') {
  $n++;
  print +($bad{$kind} ? 'not ' : ''), "ok $n - $kind: $count{$kind} values of 12 digits\n";
  print map { "# $_\n" } @{$bad{$kind}}[0 .. ($#{$bad{$kind}} > 4 ? 4 : $#{$bad{$kind}})] if $bad{$kind};
}

my @cases = (
  ['4 sqrt', 'exact 2'], ['4 9 / sqrt 3 *', 'exact 2'], ['2 sqrt', 'rounded 1.41421356237'], ['0 sqrt', 'exact 0'], ['-4 sqrt', 'outside 0'],
  ['1 ln', 'exact 0'], ['0 ln', 'outside 0'], ['-1 ln', 'outside 0'], ['2 ln', 'rounded 0.69314718056'], ['0 exp', 'exact 1'],
  ['1 exp', 'rounded 2.71828182846'], ['70 exp', 'outside 0'], ['1e18 exp', 'outside 0'], ['-1e18 exp', 'rounded 0'], ['69 exp', 'rounded 925378172559000000000000000000'],
  ['3 5 / 4 pow 625 *', 'exact 81'], ['1.5 2 pow', 'exact 2.25'], ['2 -2 pow', 'exact 0.25'], ['0 0 pow', 'exact 1'], ['0 2 pow', 'exact 0'],
  ['0 -1 pow', 'outside 0'], ['8 2 3 / pow', 'exact 4'], ['-2 3 pow', 'exact -8'], ['-2 0.5 pow', 'outside 0'], ['1 1e18 pow', 'exact 1'],
  ['10 31 pow', 'exact 10000000000000000000000000000000'], ['10 100 pow', 'outside 0'], ['2 64 pow', 'exact 18446744073709551616'],
  ['2 65 pow', 'rounded 36893488147400000000'], ['-2 65 pow', 'rounded -36893488147400000000'], ['1.000000000001 ln', 'rounded 0.000000000001'],
  ['24 1 3 / pow', 'rounded 2.88449914061'], ['1e-30 0.5 pow', 'exact 0.000000000000001'], ['1e30 ln', 'rounded 69.0775527898'],
);
open(my $f, '>', my $path = ($ENV{TMPDIR} // '/tmp') . "/ari-inexact.$$") or die $!;
print $f map { "$_->[0] show:36\n" } @cases;
close $f;
my @answers = split /\n/, `'$driver' < '$path'`;
unlink $path;
my @off;
for my $i (0 .. $#cases) {
  my ($end, undef, undef, $value) = split ' ', $answers[$i] // '? ? ? ?';
  push @off, "$cases[$i][0]: $end $value, not $cases[$i][1]" if "$end $value" ne $cases[$i][1];
}
$n++;
print +(@off ? 'not ' : ''), "ok $n - ", scalar(@cases), " values worked out by hand\n", map { "# $_\n" } @off;
print "1..$n\n";

#!/usr/bin/perl
# Numbers against Math::BigRat, to the last digit: 20,000 shares of which half end exactly between two figures, and weighted sums of up
# to eight ratios of amounts up to 10^16, and expressions of numbers around 2^31, 2^62, 2^63 and 10^18, where 64 bits just do or just do
# not; each rounded in all three modes and printed in all three ways. The seed is fixed.
use strict;
use warnings;
use utf8;
use Math::BigInt try => 'FastCalc';
use Math::BigRat try => 'FastCalc';

my $out = $ENV{ARI_OUT} // '';
my $driver = "$out/drivers/num_driver";
-x $driver or do { print "Bail out! $driver is not there: run through make\n"; exit 1 };
binmode STDOUT, ':utf8';
srand 20260831;

my @modes = qw(half_up half_even down);
my (@lines, @want);   # what is asked, what must come

my @ten = map { Math::BigInt->new(10)->bpow($_) } 0 .. 30;
my $most = Math::BigInt->new(9_000_000);

# The figure $q × 10^-$d with at least $least decimals: Vietnamese, English, for machines.
sub figures {
  my ($negative, $q, $d, $least, $tail) = @_;
  my $digits = $q->bstr;
  $digits = '0' x ($d + 1 - length $digits) . $digits if length $digits <= $d;
  my $whole = substr $digits, 0, length($digits) - $d;
  my $fraction = substr $digits, length($digits) - $d;
  chop $fraction while length $fraction > $least && $fraction =~ /0$/;
  $fraction .= '0' while length $fraction < $least;
  (my $grouped = reverse $whole) =~ s/(\d{3})(?=\d)/$1,/g;
  $grouped = reverse $grouped;
  my $point = length $fraction ? '.' : '';
  my $en = $grouped . $point . $fraction;
  (my $vi = $en) =~ tr/.,/,./;
  my ($minus, $hyphen) = $negative ? ("\x{2212}", '-') : ('', '');
  return ("$minus$vi$tail", "$minus$en$tail", "$hyphen$whole$point$fraction$tail");
}

# Asks for the value of $rpn rounded to $d decimals in each mode, and cut at $cut decimals. What must come is worked out on the numerator
# without its sign, so that no library's idea of dividing negatives enters.
sub ask {
  my ($rpn, $value, $d, $cut) = @_;
  my ($num, $den) = ($value->numerator, $value->denominator);
  my $negative = $num->is_neg;
  $num->babs;
  my ($q, $rest) = ($num * $ten[$cut])->bdiv($den);
  my @parts = $rest->is_zero ? figures($negative, $q, $cut, 0, '') : figures($negative, $q, $cut, $cut, "\x{2026}");
  ($q, $rest) = ($num * $ten[$d])->bdiv($den);
  my $half = ($rest * 2)->bcmp($den);
  my $limit = $most * $ten[$d];
  my %up = (half_up => $half >= 0, half_even => $half > 0 || $half == 0 && $q->is_odd, down => 0);
  my $line = "$rpn show:$cut";
  for my $mode (@modes) {
    my $rounded = $up{$mode} ? $q + 1 : $q;
    my $minus = $negative && !$rounded->is_zero;
    $line .= " dup $mode:$d show:$d e12:$d drop";
    push @parts, figures($minus, $rounded, $d, 0, ''), $rounded > $limit ? ('beyond') x 3 : figures($minus, $rounded, $d, $d, '');
  }
  push @lines, $line;
  push @want, join ' ', @parts;
}

sub amount { my ($most) = @_; return 1 + int(rand(10 ** int(1 + rand $most))) }

my $ties = 0;
for my $i (1 .. 20_000) {
  my $d = int rand 13;
  my $max = (6, 20, 8.5, 100, 0.25, 4.75, 28.5, 1, 3, 15.5)[rand 10];
  my ($a, $b);
  if ($i % 2) {
    # max × a / b = (2k + 1) / (2 × 10^d): exactly between two figures. max × 20 is whole, so b is.
    my $between = 2 * int(rand($max < 1 ? 10 ** $d / 4 : 10 ** $d)) + 1;
    my $times = 10 * (1 + int rand 9);
    $a = Math::BigInt->new($between) * $times;
    $b = Math::BigInt->new($max * 20) * $times / 10 * Math::BigInt->new(10)->bpow($d);
    $a->bneg if $i % 10 == 1;
    $ties++;
  } else {
    $b = Math::BigInt->new(amount(12));
    $a = Math::BigInt->new(int rand($b->numify + 1));
  }
  ask("$a $b / $max *", Math::BigRat->new($a * int($max * 100)) / ($b * 100), $d, int rand 16);
}

for my $i (1 .. 1500) {
  my $sum = Math::BigRat->new(0);
  my $rpn = '0';
  for (1 .. 1 + int rand 8) {
    my ($a, $b, $w) = (amount(16), amount(16), 1 + int rand 10_000);
    my $sign = rand() < 0.2 ? '-' : '+';
    my $term = Math::BigRat->new(Math::BigInt->new($a) * $w) / (Math::BigInt->new($b) * 100);
    $sum = $sign eq '+' ? $sum + $term : $sum - $term;
    $rpn .= sprintf ' %d.%02d %s * %s / %s', int($w / 100), $w % 100, $a, $b, $sign;
  }
  ask($rpn, $sum, int rand 13, int rand 31);
}

# A number a little beside an edge, or its reciprocal, or a small one: how to ask for it and its value.
my @edges = (
  ['2147483648', 31], ['4294967296', 32], ['2147483648 2147483648 *', 62], ['4294967296 2147483648 *', 63], ['1000000000 1000000000 *', 0]);
$_->[1] = $_->[1] ? Math::BigInt->new(2)->bpow($_->[1]) : $ten[18] for @edges;
sub operand {
  my $beside = int(rand 9) - 4;
  return ("0.$beside", Math::BigRat->new("$beside/10")) if rand() < 0.2 && $beside > 0;
  my ($rpn, $edge) = @{$edges[rand @edges]};
  my $value = Math::BigRat->new($edge + $beside);
  $rpn .= " $beside +";
  ($rpn, $value) = ("0 $rpn -", -$value) if rand() < 0.3;
  ($rpn, $value) = ("1 $rpn /", 1 / $value) if rand() < 0.4;
  return ($rpn, $value);
}

for my $i (1 .. 1000) {
  my ($rpn, $value) = operand();
  for (1 .. 1 + int rand 3) {
    my ($more, $by) = operand();
    my $op = ('+', '-', '*', '/')[rand 4];
    $value = $op eq '+' ? $value + $by : $op eq '-' ? $value - $by : $op eq '*' ? $value * $by : $value / $by;
    $rpn .= " $more $op";
    # what was added is taken away again, so that numbers come back below the edge
    ($value, $rpn) = ($value - $by, "$rpn $more -") if $op eq '+' && $i % 3 == 0;
  }
  ask($rpn, $value, int rand 13, int rand 31);
}

# Through files: no line waits for the driver and none is lost.
my $folder = $ENV{TMPDIR} // '/tmp';
my $in = "$folder/ari-numbers-$$.in";
END { unlink $in if defined $in }
open(my $f, '>', $in) or die "$in: $!";
print $f "$_\n" for @lines;
close $f or die "$in: $!";
open(my $answers, '-|:utf8', "'$driver' < '$in'") or die "$driver: $!";
my @got = <$answers>;
my $ended = close $answers;
chomp @got;

my $bad = 0;
for my $i (0 .. $#want) {
  my $got = $got[$i] // '(nothing)';
  next if $got eq $want[$i];
  print "# $lines[$i]\n#   got  $got\n#   want $want[$i]\n" if $bad++ < 5;
}
print $ended && @got == @want ? '' : 'not ', "ok 1 - the driver answered all ", scalar @want, " lines\n";
print $bad ? 'not ' : '', "ok 2 - shares ($ties of them ties), weighted sums and edges agree with Math::BigRat\n";
print "1..2\n";

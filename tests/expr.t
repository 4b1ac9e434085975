#!/usr/bin/perl
# Formulas against Math::BigRat: 4,000 random ones, written with no more parentheses than they need, so that precedence is tested as well as values,
# short-circuits, missing inputs and both kinds of division by 0. The seed is fixed: the same formulas every time.
use strict;
use warnings;
use Math::BigInt try => 'FastCalc';
use Math::BigRat try => 'FastCalc';

my $out = $ENV{ARI_OUT} // '';
my $driver = "$out/drivers/expr_driver";
-x $driver or do { print "Bail out! $driver is not there: run through make\n"; exit 1 };
srand 20260901;

my $scale = Math::BigInt->new(10)->bpow(30);
my %input;   # a b c -> value, or undef when absent

sub pick { $_[rand @_] }
sub rat { Math::BigRat->new(shift) }

# A random tree: [operator, kids...], a text or an input's name as a leaf.
sub leaf {
  my $kind = int rand 10;
  return ['input', pick(qw(a b c))] if $kind < 5;
  return ['number', int rand 4] if $kind < 8;
  return ['number', int(rand 1000) . '.' . pick(qw(5 25 125 07 0))] if $kind < 9;
  return ['percent', int(rand 30) * 5];
}
sub numeric {
  my $depth = shift;
  return leaf() if $depth == 0 || rand() < 0.1;
  my $next = $depth - 1;
  my $kind = int rand 20;
  return [pick(qw(+ - * /)), numeric($next), numeric($next)] if $kind < 12;
  return ['neg', numeric($next)] if $kind < 13;
  return ['if', condition($next), numeric($next), numeric($next)] if $kind < 15;
  return ['abs', numeric($next)] if $kind < 16;
  return ['round', numeric($next), ['number', int rand 5]] if $kind < 17;
  return ['clamp', map { numeric($next) } 1 .. 3] if $kind < 18;
  return [pick(qw(min max)), map { numeric($next) } 0 .. pick(1, 2, 3)];
}
sub condition {
  my $depth = shift;
  my $kind = int rand 10;
  my $next = $depth > 0 ? $depth - 1 : 0;
  return [pick('=', '!=', '<', '<=', '>', '>='), numeric($next), numeric($next)] if $depth == 0 || $kind < 5;
  return ['present', ['input', pick(qw(a b c))]] if $kind < 6;
  return ['not', condition($next)] if $kind < 7;
  return [pick(qw(and or)), condition($next), condition($next)];
}

# How tightly an operator binds; what binds less tightly than its place asks for gets parentheses.
my %power = (or => 1, and => 2, not => 3, (map { $_ => 4 } '=', '!=', '<', '<=', '>', '>='), '+' => 5, '-' => 5, '*' => 6, '/' => 6, neg => 7, if => 0);
sub written {
  my ($e, $least) = @_;
  my ($op, @kids) = @$e;
  return $kids[0] if $op eq 'number' || $op eq 'input';
  return "$kids[0]%" if $op eq 'percent';
  return "$op(" . join(', ', map { written($_, 0) } @kids) . ')' if !exists $power{$op};
  my $p = $power{$op};
  my $text;
  if ($op eq 'if') { $text = 'if ' . written($kids[0], 0) . ' then ' . written($kids[1], 0) . ' else ' . written($kids[2], 0) }
  elsif ($op eq 'neg') { $text = '-' . written($kids[0], 7) }
  elsif ($op eq 'not') { $text = 'not ' . written($kids[0], 3) }
  else { $text = written($kids[0], $p == 4 ? 5 : $p) . pick(" $op ", $op =~ /\w/ ? " $op " : $op) . written($kids[1], $p + 1) }
  return $p < $least || $op eq 'if' ? "($text)" : $text;
}

# The value, or dies with why there is none.
sub round_to {
  my ($v, $decimals) = @_;
  my $ten = Math::BigInt->new(10)->bpow($decimals);
  my ($n, $d) = ($v->numerator->copy->babs * $ten * 2 + $v->denominator, $v->denominator * 2);
  my $q = $n / $d;   # floor of |v| + 1/2
  $q = -$q if $v->is_neg;
  return Math::BigRat->new($q) / Math::BigRat->new($ten);
}
sub value {
  my ($op, @k) = @{$_[0]};
  return rat($k[0]) if $op eq 'number';
  return rat($k[0]) / 100 if $op eq 'percent';
  return $input{$k[0]} // die "missing\n" if $op eq 'input';
  return value($k[value($k[0]) ? 1 : 2]) if $op eq 'if';
  return defined $input{$k[0][1]} if $op eq 'present';
  return !value($k[0]) if $op eq 'not';
  return value($k[0]) && value($k[1]) if $op eq 'and';
  return value($k[0]) || value($k[1]) if $op eq 'or';
  my @v = map { value($_) } @k;
  return -$v[0] if $op eq 'neg';
  return $v[0] + $v[1] if $op eq '+';
  return $v[0] - $v[1] if $op eq '-';
  return $v[0] * $v[1] if $op eq '*';
  if ($op eq '/') {
    die $v[0]->is_zero ? "empty\n" : "by zero\n" if $v[1]->is_zero;
    return $v[0] / $v[1];
  }
  return $v[0]->copy->babs if $op eq 'abs';
  return round_to($v[0], $v[1]) if $op eq 'round';
  if ($op eq 'clamp') {
    die "bad\n" if $v[1] > $v[2];
    return $v[0] < $v[1] ? $v[1] : $v[0] > $v[2] ? $v[2] : $v[0];
  }
  if ($op eq 'min' || $op eq 'max') {
    my $best = shift @v;
    for (@v) { $best = $_ if $op eq 'min' ? $_ < $best : $_ > $best }
    return $best;
  }
  my $order = $v[0] <=> $v[1];
  return $op eq '=' ? $order == 0 : $op eq '!=' ? $order != 0 : $op eq '<' ? $order < 0 : $op eq '<=' ? $order <= 0 : $op eq '>' ? $order > 0 : $order >= 0;
}

# The figure cut at 30 decimals, with an ellipsis when that is not all of it.
sub figure {
  my $v = shift;
  my ($n, $rest) = ($v->numerator->copy->babs * $scale)->bdiv($v->denominator);
  my $digits = $n->bstr;
  $digits = '0' x (31 - length $digits) . $digits if length $digits < 31;
  my ($whole, $fraction) = (substr($digits, 0, -30), substr($digits, -30));
  $fraction =~ s/0+$// if $rest->is_zero;
  return ($v->is_neg ? '-' : '') . $whole . (length $fraction ? ".$fraction" : '') . ($rest->is_zero ? '' : "\x{e2}\x{80}\x{a6}");
}

# What `check` refuses before there is any evidence: a constant divisor 0, constant limits the wrong way round.
sub is_refused {
  my ($op, @k) = @{$_[0]};
  return 0 unless ref $k[0];
  my @constant = map { $_->[0] eq 'number' || $_->[0] eq 'percent' ? value($_) : undef } @k;
  return 1 if $op eq '/' && defined $constant[1] && $constant[1]->is_zero;
  return 1 if $op eq 'clamp' && defined $constant[1] && defined $constant[2] && $constant[1] > $constant[2];
  return scalar grep { is_refused($_) } @k;
}

my (@lines, @want, %kinds);
while (@lines < 4000) {
  my $tree = rand() < 0.8 ? numeric(4) : condition(4);
  %input = map { $_ => rand() < 0.15 ? undef : rat(pick(0, 0, 1, 2, 3, '0.5', '-2', '1234567.25')) } qw(a b c);
  my $text = written($tree, 0);
  next if is_refused($tree);
  my $v = eval { value($tree) };
  (my $why = $@) =~ s/\n//;
  die $@ if $@ && $why !~ /^(?:missing|empty|by zero|bad)$/;
  my $is_condition = exists $power{$tree->[0]} && $power{$tree->[0]} >= 1 && $power{$tree->[0]} <= 4 || $tree->[0] eq 'present';
  push @want, $why || ($is_condition ? $v ? 'true' : 'false' : figure($v));
  push @lines, join("\t", map { my $x = $input{$_}; defined $x ? figure($x) : '-' } qw(a b c)) . "\t$text";
  $kinds{$why || ($is_condition ? 'condition' : 'number')}++;
}

my $failed = 0;
use File::Temp qw(tempfile);
my ($handle, $path) = tempfile(UNLINK => 1);
print $handle map { "$_\n" } @lines;
close $handle;
chomp(my @got = `'$driver' < '$path'`);
my $status = $?;
for my $i (0 .. $#lines) {
  next if defined $got[$i] && $got[$i] eq $want[$i];
  print "# $lines[$i]\n#   got  ", $got[$i] // 'nothing', "\n#   want $want[$i]\n" if $failed++ < 10;
}
print $status == 0 ? '' : 'not ', "ok 1 - the evaluator ends well\n";
print $failed ? 'not ' : '', "ok 2 - ", scalar(@lines), " formulas agree with Math::BigRat\n";
my @few = grep { ($kinds{$_} // 0) < 40 } qw(number condition missing empty bad), 'by zero';
print @few ? 'not ' : '', "ok 3 - of every outcome enough (", join(', ', map { "$kinds{$_} $_" } sort keys %kinds), ")\n";
print "1..3\n";

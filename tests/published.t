#!/usr/bin/perl
# The points that the national portal published for 163 agencies, reproduced to the hundredth by the program itself.
# See tests/published/README.md.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);

my $top = abs_path(dirname($0) . '/..');
my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };

my $set = "$top/criteria/service-quality-766";
my $published = "$top/tests/published/service-quality-766-2026-08.csv";
# Where the published figure is not what the published counts give.
my %exact = ('H44.144,payment' => '5.98', 'H44.197,payment' => '5.2');

my ($count, %got, %state, @absent, @wrong) = (0);

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return if $good;
  print "# $_\n" for @why > 20 ? (@why[0 .. 19], '...') : @why;
}


open(my $run, '-|', "'$ari' score '$set' '$set/example/evidence-2026-08.csv' --period 2026-08 --format csv 2>/dev/null") or die "$ari: $!";
while (<$run>) {
  chomp;
  my ($agency, $criterion, $level, $state, $max, $points) = split /,/, $_, -1;
  $got{"$agency,$criterion"} = [$points, $max];
  $state{"$agency,$criterion"} = $state;
}
close $run;
ok($? == 0, 'the set and the month are scored without an error', "status $?");

my $n = 0;
open(my $table, '<', $published) or do { print "Bail out! $published: $!\n"; exit 1 };
<$table>;
while (<$table>) {
  chomp;
  my ($agency, $criterion, $points, $max) = split /,/, $_, -1;
  my $at = "$agency,$criterion";
  my $want = $exact{$at} // $points;
  $n++;
  if (!$got{$at}) { push @absent, $at }
  elsif ($got{$at}[0] ne $want || $got{$at}[1] ne $max) { push @wrong, "$at: $got{$at}[0] of $got{$at}[1], published $points of $max" }
}
ok($n == 163 * 19, 'the published table is whole', $n);
ok(!@absent, 'every published figure is computed', @absent);
ok(!@wrong, "all $n published figures are reproduced, two payment totals corrected", @wrong);
ok($state{'H44.01,transparency.publish'} eq 'empty' && $got{'H44.01,total'}[1] eq '100',
   'what was 0/0 is told as empty and its max still counts');
ok($state{'H44.01,satisfaction.petitions_staff'} eq 'watched', 'what is only watched says so');
print "1..$count\n";

#!/usr/bin/perl
# Forms in .xls and .ods: LibreOffice turns them into .xlsx while they are loaded, a round keeps what it made, and nothing of its work is left behind.
use strict;
use warnings;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
BEGIN { $ENV{ARI_OUT} //= "$ENV{ARI_BUILD}/release" }
use Harness qw($ari $tmp ok is done slurp program start finish);
use File::Copy qw(copy);

my $soffice = program('soffice') or do { print "Bail out! soffice is missing (make setup-deep)\n"; exit 1 };
my $set = "$Bin/../data/form";
sub run { my (@words) = @_; return finish(start($tmp, {}, @words)) }
sub points { my (@source) = @_; my ($status, $out, $err) = run($ari, 'score', @source, '--format', 'csv', '--lang', 'en'); return "$status\n$err" . join "\n", grep { /^so-a,1/ } split /\n/, $out }

my $want = points($set, "$set/libreoffice.xlsx");
ok($want =~ /^so-a,1\.4,/m, 'a form', $want);
copy("$set/libreoffice.xlsx", "$tmp/form.xlsx");
for my $kind ('ods', 'xls') {
  run($soffice, "-env:UserInstallation=file://$tmp/profile", '--headless', '--convert-to', $kind, 'form.xlsx');
  ok(-s "$tmp/form.$kind", "a form in .$kind");
  is(points($set, "form.$kind"), $want, "... has the same points");
  ok(!glob("$tmp/ari-*"), '... and no folder is left behind');
  my @fingerprints = map { sleep 2 if $_; (run($ari, 'assess', $set, "form.$kind", '--agency', 'so-a', '--period', '2026', '--lang', 'en'))[1] =~ /\(SHA-256\): ([0-9a-f]{64})/ ? $1 : "none $_" } 0, 1;
  is($fingerprints[1], $fingerprints[0], '... and the same fingerprint whenever it is made');   # times in a zip archive are of two seconds
}
my ($status, $out, $err) = run($ari, 'round', 'open', 'r.db', $set, '--period', '2026');
($status, $out, $err) = run($ari, 'submit', 'r.db', 'form.ods', '--lang', 'en');
is($status, 0, 'a round takes it', $err);
unlink "$tmp/form.ods";
is(points('r.db'), $want, '... and has the same points without the file and without LibreOffice');
($status, $out, $err) = run($ari, 'verify', 'r.db', '--lang', 'en');
is($status, 0, '... and holds together', $out . $err);
open(my $f, '>:raw', "$tmp/bad.ods") or die;
print $f "PK\x03\x04garbage";
close $f;
($status, $out, $err) = run($ari, 'check', $set, 'bad.ods', '--lang', 'en');
ok($status ne 0 && $err =~ /\[(?:F0934|E09\d\d)\]/, 'what is no spreadsheet is told', "$status $err");
done();

#!/usr/bin/perl
# Forms in .xls and .ods: LibreOffice turns them into .xlsx while they are loaded, a round keeps what it made, and nothing of its work is left behind.
use strict;
use warnings;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
BEGIN { $ENV{ARI_OUT} //= "$ENV{ARI_BUILD}/release" }
use Harness qw($ari $tmp ok is done slurp put program start finish);
use Compress::Zlib qw(compress crc32);
use Form;
use IO::Socket::INET;
use IO::Uncompress::Unzip qw($UnzipError);
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

# ---- what a file names is not fetched ----

sub parts {   # of a zip archive: [name, bytes]
  my ($path) = @_;
  my $z = IO::Uncompress::Unzip->new($path) or die "$path: $UnzipError";
  my @parts;
  do {
    my ($name, $bytes) = ($z->getHeaderInfo->{Name}, '');
    while ($z->read(my $some, 1 << 16) > 0) { $bytes .= $some }
    push @parts, [$name, $bytes];
  } while $z->nextStream > 0;
  return @parts;
}

my $secret = "\x89PNG\r\n\x1a\n" . join '', map { pack('N', length($_->[1])) . $_->[0] . $_->[1] . pack('N', crc32($_->[0] . $_->[1])) }
  ['IHDR', pack('NNC5', 1, 1, 8, 0, 0, 0, 0)], ['IDAT', compress("\0\x7f")], ['tEXt', "Comment\0what nobody may have"], ['IEND', ''];
put("$tmp/secret.png", $secret);
my $server = IO::Socket::INET->new(Listen => 50, LocalAddr => '127.0.0.1', Blocking => 0) or die;
my $port = $server->sockport;
sub picture { my ($href) = @_; return qq{<draw:frame draw:z-index="0" svg:width="2cm" svg:height="2cm" svg:x="1cm" svg:y="1cm"><draw:image xlink:href="$href" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>} }
sub shapes { my ($content, $pictures) = @_; $content =~ s{(<table:table [^>]*>)}{$1<table:shapes>$pictures</table:shapes>} or die "no table\n"; return $content }
sub with_pictures { my ($path, @href) = @_; put($path, Form::zip(map { [$_->[0], $_->[0] eq 'content.xml' ? shapes($_->[1], join '', map { picture($_) } @href) : $_->[1]] } parts("$tmp/again.ods"))) }
run($soffice, "-env:UserInstallation=file://$tmp/profile", '--headless', '--convert-to', 'ods', '--outdir', "$tmp/made", 'form.xlsx');
copy("$tmp/made/form.ods", "$tmp/again.ods");
with_pictures("$tmp/links.ods", "http://127.0.0.1:$port/pic.png", "https://127.0.0.1:$port/pic.png", "file://$tmp/secret.png");
is(points($set, 'links.ods'), $want, 'a form with pictures from elsewhere has the same points');
ok(!$server->accept, '... and nobody was asked for them');
unlink "$tmp/r.db";
run($ari, 'round', 'open', 'r.db', $set, '--period', '2026');
($status, $out, $err) = run($ari, 'submit', 'r.db', 'links.ods', '--lang', 'en');
is($status, 0, '... and is taken by a round', $err);
ok(index(slurp("$tmp/r.db"), 'what nobody may have') < 0, '... which keeps no picture of this machine');
run($soffice, "-env:UserInstallation=file://$tmp/profile", '--headless', '--convert-to', 'xlsx', '--outdir', "$tmp/made", 'links.ods');
ok($server->accept && grep({ index($_->[1], 'what nobody may have') >= 0 } parts("$tmp/made/links.xlsx")), 'LibreOffice alone would have fetched all of them');
done();

#!/usr/bin/perl
# Packages: what an agency packs comes back whole, the same inputs are the same bytes, and whatever anybody changes in one is told, by every command that
# takes evidence, with nothing accepted and nothing unpacked. Figures are invented.
use strict;
use warnings;
use Compress::Raw::Zlib ();
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use Harness qw($ari $tmp ok is done slurp put program start finish);
use Readers qw(zip_parts);

sub run { return finish(start($tmp, {}, $ari, @_)) }
sub en { return run(@_, '--lang', 'en') }
sub codes { my ($e) = @_; return join ' ', $e =~ /\[([EWF]\d{4})\]/g }

# ---- one agency's evidence, with documents ----

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'END');
ari: criteria/1
id: office
version: 2026
title: {vi: Bộ tiêu chí văn phòng, en: Office}
period: year
max: 20
rounding: {leaf: 2}
criteria:
  - id: files
    max: 10
    inputs: {done: count, all: count, sent: {type: count, source: central}}
    expect: [{that: done <= sent}]
    score: {share: done / all}
    empty: zero
    documents: 1
  - id: plan
    max: 10
    inputs: {made: yes_no}
    score: {yes_no: made}
END
put("$tmp/set/agencies.csv", "id,name,group\na1,Sở Một,g\na2,Sở Hai,g\n");
mkdir "$tmp/$_" for 'in', 'in/tài liệu';
my $evidence = <<'END';
ari: evidence/1
set: office
agency: a1
period: 2026
evidence:
  files:
    done: 8
    all: 10
    claimed: 8
    documents: [{number: 12/BC-SM, file: tài liệu/báo cáo.pdf}, {number: 13/BC-SM, file: 13.pdf}]
  plan:
    made: yes
    documents: [{title: Kế hoạch, file: tài liệu/báo cáo.pdf}]
END
put("$tmp/in/a1.yaml", $evidence);
my %document = ('tài liệu/báo cáo.pdf' => "%PDF-1.4\n" . join('', map { chr($_ * 7 % 256) } 1 .. 5000), '13.pdf' => 'một văn bản');
put("$tmp/in/$_", $document{$_}) for keys %document;

# ---- packing ----

my ($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'a1.zip');
my ($fingerprint) = $said =~ /SHA-256\): ([0-9a-f]{64})$/m;
ok($status eq 0 && $e eq '' && $said =~ /^Package: a1\.zip\nAgency: a1; period 2026; files of evidence: 1; documents: 2\n/ && $fingerprint, 'a package is made', "status $status", $said, $e);
my $zip = slurp("$tmp/a1.zip");
my @parts = zip_parts($zip);
is(join("\n", map { $_->[0] } @parts), "evidence/13.pdf\nevidence/a1.yaml\nevidence/tài liệu/báo cáo.pdf\nsheet.html\nmanifest.json", 'with all that belongs to it, in the order of names, the manifest last');
my %part = map { @$_ } @parts;
ok($part{'evidence/a1.yaml'} eq $evidence && !grep({ $part{"evidence/$_"} ne $document{$_} } keys %document), 'byte for byte');
my %listed = $part{'manifest.json'} =~ /\{"name":"([^"]+)","kind":"\w+","bytes":\d+,"sha256":"([0-9a-f]+)"\}/g;
is(join("\n", map { "$_ $listed{$_}" } sort keys %listed), join("\n", map { "$_ " . sha256_hex($part{$_}) } sort grep { $_ ne 'manifest.json' } keys %part), 'the manifest has the SHA-256 of each');
my $set = sha256_hex(slurp("$tmp/set/criteria.yaml"));
ok($part{'manifest.json'} =~ /"criteria":"$set"/ && $part{'manifest.json'} =~ /"fingerprint":"$fingerprint"/, 'of the set, and the fingerprint');
($status, $said, $e) = en('assess', 'set', 'in/a1.yaml');
ok($said =~ /$fingerprint/, 'which assess shows too', $said);
for (['again', {}, $tmp, 'set', 'in/a1.yaml'], ['at another time', {SOURCE_DATE_EPOCH => 1}, $tmp, 'set', 'in/a1.yaml'],
     ['from another folder', {}, "$tmp/in", '../set', 'a1.yaml'], ['from a folder of evidence', {}, $tmp, 'set', 'in'], ['when it is told where documents are', {}, $tmp, 'set', 'in/a1.yaml', '--documents', 'in']) {
  my ($name, $env, $folder, @words) = @$_;
  my ($again, undef, $why) = finish(start($folder, {ARI_LANG => 'en', %$env}, $ari, 'pack', @words, '-o', "$tmp/again.zip"));
  ok($again eq 0 && slurp("$tmp/again.zip") eq $zip, "the same bytes $name", "status $again", $why);
  unlink "$tmp/again.zip";
}

# ---- every command that takes evidence takes it ----

for my $words (['score', 'set', '@', '--format', 'csv'], ['rank', 'set', '@', '--format', 'csv'], ['assess', 'set', '@'], ['explain', 'set', '@', '--agency', 'a1'], ['check', 'set', '@']) {
  my ($plain, $packed) = map { my $source = $_; [run(map { $_ eq '@' ? $source : $_ } @$words)] } 'in/a1.yaml', 'a1.zip';
  s{\Qa1.zip/evidence/\E}{in/}g for @$packed;
  ok($plain->[0] eq 0 && "@$plain" eq "@$packed", "$words->[0] says the same of the package as of what is in it", "plain: @$plain", "packed: @$packed");
}
($status, $said, $e) = en('pack', 'set', 'a1.zip', '-o', 'twice.zip');
ok($status eq 1 && codes($e) eq 'E0983' && !-e "$tmp/twice.zip", 'a package is not packed again', $e);

# ---- the ministry's round ----

en('round', 'open', 'r.db', 'set', '--period', '2026');
($status, $said, $e) = en('submit', 'r.db', 'a1.zip');
ok($status eq 0 && $e eq '' && $said =~ /a1\.zip\/evidence\/a1\.yaml  \(agencies: 1, documents: 2\)/ && $said =~ /$fingerprint/, 'a package is handed in, with the fingerprint that the agency saw', $said, $e);
($status, $said) = en('log', 'r.db', '--action', 'document', '--format', 'csv');
ok(!grep({ my $hash = sha256_hex($document{$_}); $said !~ /$hash/ } keys %document), 'its documents stand in the log by their hashes', $said);
($status, $said, $e) = en('verify', 'r.db');
ok($status eq 0, 'the record holds', $said, $e);
($status, $said, $e) = en('submit', 'r.db', 'a1.zip', 'in/a1.yaml');
ok($status eq 1 && codes($e) ne '', 'with other evidence of the same agency it is not what the agency packed', $e);

put("$tmp/later.db", slurp("$tmp/r.db"));
en('round', 'set', 'later.db', 'appraising');
mkdir "$tmp/came";
put("$tmp/came/a1.zip", $zip);
for my $what ('a1.zip', 'came') {
  ($status, $said, $e) = en('submit', 'later.db', $what);
  ok($status eq 1 && codes($e) eq 'E0981' && $e =~ /ari round set later\.db collecting/, "a package that comes when the round takes none is one error: $what", $e);
}

# ---- what is changed in one ----

# An archive as others may make it; parts are [name, bytes, upper half of the attributes, method].
sub archive {
  my ($body, $directory) = ('', '');
  for (@_) {
    my ($name, $bytes, $mode, $method) = @$_;
    my $facts = pack 'v5 V3 v2', 20, 1 << 11, $method // 0, 0, 33, Compress::Raw::Zlib::crc32($bytes), length $bytes, length $bytes, length $name, 0;
    $directory .= pack('V v', 0x02014b50, 3 << 8 | 20) . $facts . pack('v3 V2', 0, 0, 0, ($mode // 0) << 16, length $body) . $name;
    $body .= pack('V', 0x04034b50) . $facts . $name . $bytes;
  }
  return $body . $directory . pack('V v4 V2 v', 0x06054b50, 0, 0, scalar @_, scalar @_, length $directory, length $body, 0);
}
sub with { my (%new) = @_; return archive(map { [$_->[0], $new{$_->[0]} // $_->[1]] } @parts) }
sub manifest { my ($from, $to) = @_; my $text = $part{'manifest.json'}; $text =~ s/$from/$to/ or die "no $from in the manifest\n"; return with('manifest.json' => $text) }
sub without { my ($name) = @_; return archive(grep { $_->[0] ne $name } @parts) }
sub row { my ($kind, $name, $bytes) = @_; return sprintf '{"name":"%s","kind":"%s","bytes":%d,"sha256":"%s"}', $name, $kind, length $bytes, sha256_hex($bytes) }
# A file more, or another text of one, and the manifest says so.
sub also {
  my ($kind, $name, $bytes) = @_;
  my $row = row($kind, $name, $bytes);
  my $manifest = $part{'manifest.json'} =~ s/\n\{"name":"\Q$name\E"[^\n]*?\}/\n$row/r;
  $manifest =~ s/("files":\[)/$1\n$row,/ or die if $manifest eq $part{'manifest.json'};
  return archive([$name, $bytes], map { [$_->[0], $_->[0] eq 'manifest.json' ? $manifest : $_->[1]] } grep { $_->[0] ne $name } @parts);
}
my $zeros = '0' x 64;
my $huge = do { my $d = Compress::Raw::Zlib::Deflate->new(-WindowBits => -15, -AppendOutput => 1); my $out = ''; $d->deflate("\0" x (1 << 20), $out) for 1 .. 64; $d->flush($out); $out };
sub bomb {   # 64 MiB of zeros in 64 KiB
  my $facts = pack 'v5 V3 v2', 20, 0, 8, 0, 33, 0, length $huge, 64 << 20, 4, 0;
  my $body = pack('V', 0x04034b50) . $facts . 'bomb' . $huge;
  my $directory = pack('V v', 0x02014b50, 20) . $facts . pack('v3 V2', 0, 0, 0, 0, 0) . 'bomb';
  return $body . $directory . pack('V v4 V2 v', 0x06054b50, 0, 0, 1, 1, length $directory, length $body, 0);
}
sub small_bombs {   # 64 MiB of zeros, a MiB each
  my $mib = do { my $d = Compress::Raw::Zlib::Deflate->new(-WindowBits => -15, -AppendOutput => 1); my $out = ''; $d->deflate("\0" x (1 << 20), $out); $d->flush($out); $out };
  my ($body, $directory) = ('', '');
  for (1 .. 64) {
    my $facts = pack 'v5 V3 v2', 20, 0, 8, 0, 33, 0, length $mib, 1 << 20, 3, 0;
    $directory .= pack('V v', 0x02014b50, 20) . $facts . pack('v3 V2', 0, 0, 0, 0, length $body) . sprintf '%03d', $_;
    $body .= pack('V', 0x04034b50) . $facts . sprintf('%03d', $_) . $mib;
  }
  return $body . $directory . pack('V v4 V2 v', 0x06054b50, 0, 0, 64, 64, length $directory, length $body, 0);
}
my @changes = (
  ['cut off', 'E0950', substr($zip, 0, -100)],
  ['nothing', 'E0950', ''],
  ['text', 'E0950', "agency: a1\n"],
  ['a zip of something else', 'E0962', archive(['a.txt', 'x'])],
  ['one byte of the evidence', 'E0966', with('evidence/a1.yaml' => $evidence =~ s/done: 8/done: 9/r)],
  ['one byte of a document', 'E0966', with('evidence/13.pdf' => 'một văn bảo')],
  ['a document that is longer', 'E0966', with('evidence/13.pdf' => "$document{'13.pdf'}\n")],
  ['the sheet', 'E0966', with('sheet.html' => '{}')],
  ['everything', 'E0966 E0966 E0966 E0966', archive(map { [$_->[0], $_->[0] eq 'manifest.json' ? $_->[1] : 'x'] } @parts)],
  ['a document less', 'E0964', without('evidence/13.pdf')],
  ['the evidence less', 'E0964', without('evidence/a1.yaml')],
  ['a file more', 'E0965', archive(@parts, ['evidence/14.pdf', 'x'])],
  ['a document less in the manifest', 'E0965', manifest(qr/\n\{"name":"evidence\/13\.pdf"[^\n]+/, '')],
  ['a document less, in both', 'E0971', archive(map { [$_->[0], $_->[0] eq 'manifest.json' ? $_->[1] =~ s/\n\{"name":"evidence\/13\.pdf"[^\n]+//r : $_->[1]] } grep { $_->[0] ne 'evidence/13.pdf' } @parts)],
  ['another document, in both', 'E0971', archive(map { [$_->[0], $_->[0] eq 'manifest.json' ? $_->[1] =~ s/(13\.pdf","kind":"document","bytes":)\d+,"sha256":"\w+"/$1 . '1,"sha256":"' . sha256_hex('x') . '"'/er : $_->[0] eq 'evidence/13.pdf' ? 'x' : $_->[1]] } @parts)],
  ['other evidence, in both', 'E0971', do { my $own = sha256_hex($evidence); my $other = $evidence =~ s/done: 8/done: 9/r; archive(map { [$_->[0], $_->[0] eq 'manifest.json' ? $_->[1] =~ s/$own/sha256_hex($other)/er : $_->[0] eq 'evidence/a1.yaml' ? $other : $_->[1]] } @parts) }],
  ['the fingerprint', 'E0971', manifest(qr/"fingerprint":"\w+"/, "\"fingerprint\":\"$zeros\"")],
  ['a fingerprint that is none', 'E0963', manifest(qr/"fingerprint":"\w+"/, '"fingerprint":"abc"')],
  ['a size that is none', 'E0963', manifest(qr/"bytes":\d+/, '"bytes":-1')],
  ['a file named twice', 'E0965 E0963', manifest(qr/"evidence\/a1\.yaml"/, '"evidence/13.pdf"')],
  ['an agency twice', 'E0963', manifest(qr/"agency":"a1"/, '"agency":"a2","agency":"a1"')],
  ['no period', 'E0963', manifest(qr/"period":"2026",/, '')],
  ['a period of no text', 'E0963', manifest(qr/"period":"2026"/, '"period":""')],
  ['a key that nobody knows', 'E0963', manifest(qr/"set":/, '"sets":')],
  ['a control character', 'E0963', manifest(qr/"2026"/, "\"20\x0126\"")],
  ['text behind the end', 'E0963', manifest(qr/\]\}\n/, "]}\nmore")],
  ['UTF-16', 'E0963', do { my $text = join '', map { $_ . chr 0 } split //, $part{'manifest.json'}; with('manifest.json' => "\xFF\xFE$text") }],
  ['another kind of file', 'E0963', manifest(qr/"ari":"package\/1"/, '"ari":"form/1"')],
  ['an agency that is a path', 'E0963', manifest(qr/"agency":"a1"/, '"agency":"../keys/a1"')],
  ['the set', 'E0968', manifest(qr/"set":"office"/, '"set":"other"')],
  ['its version', 'E0968', manifest(qr/"version":"2026"/, '"version":"2025"')],
  ['the text of the set', 'E0969', manifest(qr/"criteria":"\w+"/, "\"criteria\":\"$zeros\"")],
  ['the period', 'E0967', manifest(qr/"period":"2026"/, '"period":"2025"')],
  ['the agency', 'E0977', manifest(qr/"agency":"a1"/, '"agency":"a2"')],
  ['an agency that is not there', 'E0977', manifest(qr/"agency":"a1"/, '"agency":"b"')],
  ['no evidence', 'E0970', archive(map { [$_->[0], $_->[1] =~ s/\n\{"name":"evidence\/a1\.yaml"[^\n]+//r] } grep { $_->[0] ne 'evidence/a1.yaml' } @parts)],
  ["another agency's figures", 'E0977', also('evidence', 'evidence/a2.csv' => "period,agency,files.done,files.all,plan.made\n2026,a2,0,10,no\n")],
  ['thirteen files of evidence', 'E0986', do { my @many = map { ["evidence/$_.csv", "agency,period\na1,2026\n"] } 1 .. 12; archive(@many, map { [$_->[0], $_->[0] eq 'manifest.json' ? $_->[1] =~ s/("files":\[)/$1 . join(',', map { row('evidence', @$_) } @many) . ','/er : $_->[1]] } @parts) }],
  ['a list of agencies', 'E0976', also('evidence', 'evidence/agencies.csv' => "id,name,group\na1,Sở Một,g\n")],
  ['decisions', 'E0976', also('evidence', 'evidence/decisions.csv' => "agency,criterion,decision,reason\na1,files,accept,x\n")],
  ['what others supply', 'E0978', also('evidence', 'evidence/central.csv' => "period,agency,files.sent\n2026,a1,10\n")],
  ['the sheet less, in both', 'E0982', archive(map { [$_->[0], $_->[0] eq 'manifest.json' ? $_->[1] =~ s/,\n\{"name":"sheet[^\n]+\}\]/]/r : $_->[1]] } grep { $_->[0] ne 'sheet.html' } @parts)],
  ['the sheet as a document', 'E0963', manifest(qr/"kind":"sheet"/, '"kind":"document"')],
  ['a document as a sheet', 'E0963', manifest(qr/("evidence\/13\.pdf","kind":)"document"/, '"evidence/13.pdf","kind":"sheet"')],
  ['a manifest of another version', 'E0984', manifest(qr/package\/1/, 'package/2')],
  ['a manifest without files', 'E0963', with('manifest.json' => $part{'manifest.json'} =~ s/,\n"files".*/}/sr)],
  ['a manifest that is none', 'E0963', with('manifest.json' => '{"ari":"package/1"')],
  ['a path that leads out', 'E0952', archive(@parts, ['../out.txt', 'x'])],
  ['an absolute path', 'E0952', archive(@parts, ['/tmp/out.txt', 'x'])],
  ['a path of Windows', 'E0952', archive(@parts, ['C:\\out.txt', 'x'])],
  ['a device of Windows', 'E0952', archive(@parts, ['evidence/Nul.pdf', 'x'])],
  ['signs that Windows does not write', 'E0952', archive(@parts, ['evidence/what?.pdf', 'x'])],
  ['a link', 'E0953', archive(@parts, ['evidence/link', '/etc/passwd', 0120777])],
  ['a device', 'E0961', archive(@parts, ['evidence/device', '', 0060644])],
  ['a name twice', 'E0954', archive(@parts, ['evidence/13.pdf', 'x'])],
  ['a name in capitals', 'E0954', archive(@parts, ['Evidence/13.PDF', 'x'])],
  ['a name that is composed otherwise', 'E0954', archive(@parts, ["evidence/ta\xCC\x80i lie\xCC\xA3\xCC\x82u/ba\xCC\x81o ca\xCC\x81o.pdf", 'x'])],
  ['a file where a folder is', 'E0954', archive(@parts, ['evidence', 'x'])],
  ['a name that is not UTF-8', 'E0960', archive(@parts, ["evidence/\xFF", 'x'])],
  ['an unknown method', 'E0959', archive(@parts, ['evidence/x', 'x', 0, 14])],
  ['ten thousand files', 'E0955', archive(map { ["f$_", ''] } 1 .. 10000)],
  ['a bomb', 'E0957', bomb()],
  ['a bomb of small files', 'E0957', small_bombs()],
);
for (@changes) {
  my ($name, $want, $bytes) = @$_;
  put("$tmp/bad.zip", $bytes);
  my $before = slurp("$tmp/r.db");
  ($status, $said, $e) = en('submit', 'r.db', 'bad.zip');
  ok($status eq 1 && codes($e) eq $want && $said eq '' && slurp("$tmp/r.db") eq $before, "handing in, $name: $want", "status $status, " . codes($e), $said, $e);
  for my $command ('check', 'score') {
    ($status, $said, $e) = en($command, 'set', 'bad.zip');
    ok($status eq 1 && codes($e) eq $want, "$command says the same", "status $status, " . codes($e), $e);
  }
  next if $want =~ /E096[7-9]|E097/;   # what only the set and the evidence tell
  my ($vi_status, undef, $vi) = run('unpack', 'bad.zip', '-o', 'bad');
  ok($vi_status eq 1 && codes($vi) eq $want && !-e "$tmp/bad" && !-e "$tmp/bad.unpacking" && !-e "$tmp/out.txt" && !-e '/tmp/out.txt', 'and nothing of it is unpacked', "status $vi_status", $vi);
}

# ---- unpacking ----

($status, $said, $e) = en('unpack', 'a1.zip', '-o', 'opened');
ok($status eq 0 && $e eq '' && $said =~ /^Opened into: opened\n/ && $said =~ /$fingerprint/, 'a package is opened', $said, $e);
is(join("\n", map { my $name = $_; slurp("$tmp/opened/$name") eq $part{$name} ? $name : "$name differs" } sort keys %part), join("\n", sort keys %part), 'every file is there');
ok(!-e "$tmp/opened.unpacking", 'and nothing else');
($status, $said, $e) = en('pack', 'set', 'opened/evidence/a1.yaml', '-o', 'back.zip');
ok($status eq 0 && slurp("$tmp/back.zip") eq $zip, 'packed again from there it is the same package', $e);
($status, $said, $e) = en('unpack', 'a1.zip', '-o', 'opened');
ok($status eq 3 && codes($e) eq 'F0975', 'a folder that is there is not written into', $e);
($status, $said, $e) = en('unpack', 'a1.zip', '-o', 'slash/');
ok($status eq 0 && -e "$tmp/slash/manifest.json", 'a slash behind its name does not matter', $e);
ok($said =~ /^Agency, period and fingerprint are those of the manifest/m, 'what nobody compared is called so', $said);
($status, $said, $e) = en('unpack', 'a1.zip', 'nothing.zip', '-o', 'second');
ok($status eq 2 && $e =~ /nothing\.zip/ && !-e "$tmp/second", 'one package at a time', $e);
mkdir "$tmp/half.unpacking";
($status, $said, $e) = en('unpack', 'a1.zip', '-o', 'half');
ok($status eq 3 && codes($e) eq 'F0985' && $e =~ /half\.unpacking/ && !-e "$tmp/half", 'what an unpacking that was interrupted left is called so', $e);
mkdir "$tmp/above";
($status, $said, $e) = en('unpack', 'bad.zip', '-o', 'above/new/folder');
ok($status eq 1 && -d "$tmp/above" && !-e "$tmp/above/new", 'of what is refused no folder stays, and none goes that was there', $e);

# ---- signatures ----

put("$tmp/password", "mật khẩu\n");
put("$tmp/none", '');
($status, $said, $e) = en('key', '-o', 'own', '--password-file', 'password');
ok($status eq 0 && $e eq '' && $said =~ /own\.key\n.*own\.pub\n/ && ((stat "$tmp/own.key")[2] & 0777) == 0600 && slurp("$tmp/own.pub") =~ /^untrusted comment: minisign public key [0-9A-F]{16}\n\S{56}\n\z/,
   'keys are made, the secret one for nobody else to read', $said, $e);
my $own_key = slurp("$tmp/own.key");
($status, $said, $e) = en('key', '-o', 'own', '--password-file', 'password');
ok($status eq 3 && codes($e) eq 'F0975' && slurp("$tmp/own.key") eq $own_key, 'and never replaced', $e);
($status, $said, $e) = en('key', '-o', 'more');
ok($status eq 2 && $e =~ /--password-file/ && !-e "$tmp/more.key", 'without a terminal the password stands in a file', $e);
en('key', '-o', 'other', '--password-file', 'none');
for (['no password', 'E0997', []], ['a wrong one', 'E0999', ['--password-file', 'none']], ['a public key', 'E0991', [], 'own.pub'], ['no key', 'F0002', [], 'absent.key']) {
  my ($name, $want, $words, $key) = @$_;
  ($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'no.zip', '--sign', $key // 'own.key', @$words);
  ok($status =~ /^[13]$/ && codes($e) eq $want && !-e "$tmp/no.zip" && $e !~ /RWQ/, "signing with $name: $want, and no package", "status $status", $e);
}
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'signed.zip', '--sign', 'own.key', '--password-file', 'password');
ok($status eq 0 && $e eq '' && slurp("$tmp/signed.zip") eq $zip, 'a package is signed: it is the same package', $e);
ok($said =~ /^Signature, to be sent along with it: signed\.zip\.minisig$/m, 'and what has to go along with it is said', $said);
my $signature = slurp("$tmp/signed.zip.minisig");
ok($signature =~ /^untrusted comment: .*\n\S+\ntrusted comment: timestamp:1788220800\tfile:signed\.zip\thashed\n\S+\n\z/, 'with a signature beside it', $signature);
mkdir "$tmp/keys";
put("$tmp/keys/a1.pub", slurp("$tmp/own.pub"));
en('round', 'open', 's.db', 'set', '--period', '2026');
for (['own.pub', 'its public key', 'own.pub'], ['keys', 'a folder of keys', 'keys/a1.pub']) {
  my ($key, $name, $file) = @$_;
  ($status, $said, $e) = en('submit', 's.db', 'signed.zip', '--key', $key);
  ok($status eq 0 && $e eq '' && $said =~ /^  signed with key [0-9A-F]{16} \(\Q$file\E\): timestamp:1788220800 file:signed\.zip hashed$/m, "it is verified with $name", $said, $e);
}
my ($key_id) = slurp("$tmp/own.pub") =~ /key ([0-9A-F]{16})/;
my $package_sha256 = sha256_hex($zip);
($status, $said, $e) = en('log', 's.db', '--action', 'signature', '--format', 'csv');
ok($status eq 0 && $said =~ /^\d+,[^,]*,[^,]*,signature,2026,$package_sha256,,2 $key_id signed\.zip,[0-9a-f]{64}$/m, 'the log keeps which package was verified, and with which key', $said, $e);
($status, $said, $e) = en('submissions', 's.db');
ok($said =~ /^ +a1 .* evidence \(signed, key $key_id\) .* signed\.zip\/evidence\/a1\.yaml *$/m, 'and who asks for the files is told the key', $said, $e);
($status, $said, $e) = en('submissions', 's.db', '--format', 'csv');
ok($said =~ /^a1,.*,$key_id$/m && $said =~ /^a2,.*,$/m, 'in a column of its own', $said);
($status, $said, $e) = en('verify', 's.db');
ok($status eq 0, 'verify takes these entries as part of the log', $said, $e);
my $sqlite = program('sqlite3') or die 'sqlite3 is missing';
put("$tmp/forged.db", slurp("$tmp/s.db"));
finish(start($tmp, {}, $sqlite, '-batch', 'forged.db', "DROP TRIGGER log_keep; UPDATE log SET detail = replace(detail, '$key_id', '0000000000000000') WHERE action = 'signature'"));
($status, $said, $e) = en('verify', 'forged.db');
ok($status eq 1 && $e =~ /error\[E0625\]: .*signature 1 0000000000000000 signed\.zip/, 'and finds one that was changed', $said, $e);
($status, $said, $e) = en('check', 'set', 'signed.zip');
ok($status eq 0 && codes($e) eq 'W0998', 'a signature that nobody looks at is told', $e);
put("$tmp/unsigned.zip", $zip);
put("$tmp/half.pub", 'untrusted comment: x');
my @wrong = (
  ['none', 'E0993', 'unsigned.zip', undef, 'own.pub'],
  ['of another key', 'E0994', 'signed.zip', $signature, 'other.pub'],
  ['of another package', 'E0995', 'signed.zip', $signature, 'own.pub', archive(@parts)],
  ['with another comment', 'E0996', 'signed.zip', $signature =~ s/timestamp:1/timestamp:2/r, 'own.pub'],
  ['that is none', 'E0992', 'signed.zip', "signed\n", 'own.pub'],
  ['cut off', 'E0992', 'signed.zip', substr($signature, 0, -3), 'own.pub'],
  ['of another package, damaged', 'E0995', 'signed.zip', $signature, 'own.pub', substr($zip, 0, -100)],
  ['of another package, with other contents, by a folder of keys', 'E0995', 'signed.zip', $signature, 'keys', with('evidence/a1.yaml' => 'x')],
  ['and a key that is none', 'E0990', 'signed.zip', $signature, 'half.pub'],
  ['and a secret key', 'E0990', 'signed.zip', $signature, 'own.key'],
  ['and no key of this agency', 'E0820', 'signed.zip', $signature, 'in'],
);
for (@wrong) {
  my ($name, $want, $file, $text, $key, $package) = @$_;
  put("$tmp/$file.minisig", $text) if defined $text;
  put("$tmp/$file", $package // $zip);
  my $before = slurp("$tmp/s.db");
  ($status, $said, $e) = en('submit', 's.db', $file, '--key', $key);
  ok($status =~ /^[13]$/ && codes($e) eq $want && slurp("$tmp/s.db") eq $before, "a signature $name: $want", "status $status", $said, $e);
  ($status, $said, $e) = en('unpack', $file, '-o', 'no', '--key', $key);
  ok($status =~ /^[13]$/ && codes($e) eq $want && !-e "$tmp/no" && !-e "$tmp/no.unpacking", 'and nothing is unpacked', "status $status", $said, $e);
}

for my $plain ('in/a1.yaml', 'in') {
  my $before = slurp("$tmp/s.db");
  ($status, $said, $e) = en('submit', 's.db', $plain, '--key', 'own.pub');
  ok($status eq 1 && codes($e) eq ($plain eq 'in' ? 'W0408 E0941' : 'E0941') && $said eq '' && slurp("$tmp/s.db") eq $before, "where a signature is asked for, $plain is not taken without one", "status $status", $said, $e);
  ($status, $said, $e) = en('check', 'set', $plain, '--key', 'own.pub');
  ok($status eq 1 && codes($e) =~ /^(W0408 )?E0941\z/, 'and check says so before', "status $status", $said, $e);
}
put("$tmp/signed.zip.minisig", $signature);
put("$tmp/signed.zip", $zip);
($status, $said, $e) = en('check', 'set', 'signed.zip', '--key', 'own.pub');
ok($status eq 0 && $e eq '', 'of a package that is signed it says nothing', $said, $e);

# ---- what is there already ----

sub make { return en('pack', 'set', 'in/a1.yaml', '-o', @_) }
for ('own.key', 'in/a1.yaml', 'x.txt') {
  my $before = -e "$tmp/$_" ? slurp("$tmp/$_") : '';
  ($status, $said, $e) = make($_);
  ok($status eq 2 && $e =~ /ends in \.zip/ && (-e "$tmp/$_" ? slurp("$tmp/$_") : '') eq $before, "$_ is no name of a package", "status $status", $e);
}
put("$tmp/in/annex.zip", archive(['a.txt', 'x']));
put("$tmp/in/text.zip", 'x');
for ('in/annex.zip', 'in/text.zip') {
  my $before = slurp("$tmp/$_");
  ($status, $said, $e) = make($_);
  ok($status eq 3 && codes($e) eq 'F0975' && slurp("$tmp/$_") eq $before, "what stands there and is no package is not replaced: $_", "status $status", $e);
  unlink "$tmp/$_";
}
put("$tmp/again.zip", $zip);
put("$tmp/again.zip.minisig", $signature);
($status, $said, $e) = make('again.zip');
ok($status eq 0 && $e eq '' && slurp("$tmp/again.zip.minisig") eq $signature, 'the signature of the same bytes stays', $e);
put("$tmp/again.zip", archive(@parts));
($status, $said, $e) = make('again.zip');
ok($status eq 0 && codes($e) eq 'W0988' && slurp("$tmp/again.zip") eq $zip && !-e "$tmp/again.zip.minisig", 'that of the package before is taken away, and it is said', $e);
put("$tmp/again.zip.minisig", $signature);
unlink "$tmp/again.zip";
($status, $said, $e) = make('again.zip');
ok($status eq 0 && codes($e) eq 'W0998' && -e "$tmp/again.zip.minisig", 'of a signature without its package nobody knows whose it is: it stays, and is told', $e);
put("$tmp/again.zip", archive(@parts));
put("$tmp/again.zip.minisig", "notes of mine\n");
($status, $said, $e) = make('again.zip');
ok($status eq 0 && $e eq '' && slurp("$tmp/again.zip.minisig") eq "notes of mine\n", 'what is no signature is left alone', $e);

# ---- what is not packed ----

put("$tmp/in/13.pdf", '');
unlink "$tmp/in/13.pdf";
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'less.zip');
ok($status eq 0 && codes($e) eq 'W0646' && $e =~ /: not found\n +--> in\/a1\.yaml:10:\d+/ && $said =~ /documents: 1\n/, 'a document that is not there is told, and left out', $said, $e);
($status, $said, $e) = en('check', 'set', 'less.zip');
en('round', 'open', 'less.db', 'set', '--period', '2026');
($status, $said, $e) = en('submit', 'less.db', 'less.zip');
ok($status eq 0 && codes($e) eq 'W0989' && $e =~ /"13\.pdf" is not in the package/, 'whoever receives the package is not told to put it there', $e);
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'strict.zip', '--strict');
ok($status eq 1 && codes($e) eq 'W0646' && !-e "$tmp/strict.zip" && $said eq '', 'with --strict nothing is packed without it', $said, $e);
symlink '../own.pub', "$tmp/in/13.pdf";
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'less.zip');
ok($status eq 0 && $e =~ /W0646\].*: a link/, 'a link is told as one', $e);
unlink "$tmp/in/13.pdf";
put("$tmp/in/13.pdf", $document{'13.pdf'});
mkdir "$tmp/both";
put("$tmp/both/a1.yaml", $evidence);
put("$tmp/both/a2.yaml", $evidence =~ s/agency: a1/agency: a2/r);
put("$tmp/both/central.csv", "agency,files.done,files.all\na1,8,10\na2,5,10\n");
($status, $said, $e) = en('pack', 'set', 'both/a1.yaml', 'both/a2.yaml', '-o', 'no.zip');
ok($status eq 2 && $e =~ /--agency/ && !-e "$tmp/no.zip", 'evidence of two agencies needs --agency', $e);
($status, $said, $e) = en('pack', 'set', 'both/a1.yaml', 'both/a2.yaml', '--agency', 'a1', '-o', 'no.zip');
ok($status eq 1 && codes($e) =~ /E0972/ && !-e "$tmp/no.zip", 'and even then another agency\'s file is not packed', $e);
# ---- a folder that they were put into ----
mkdir "$tmp/inbox";
put("$tmp/inbox/$_", slurp("$tmp/signed.zip")) for 'a1.zip';
put("$tmp/inbox/a1.zip.minisig", slurp("$tmp/signed.zip.minisig"));
put("$tmp/inbox/a2.yaml", "ari: evidence/1\nset: office\nagency: a2\nperiod: 2026\nevidence:\n  plan: {made: yes}\n");
put("$tmp/inbox/minh-chung.zip", "PK\5\6" . "\0" x 18);
my @named = en('score', 'set', 'signed.zip', 'inbox/a2.yaml', '--format', 'csv');
($status, $said, $e) = en('score', 'set', 'inbox', '--format', 'csv');
ok($status eq 0 && $said eq $named[1] && $e =~ /W0408\]: "inbox\/minh-chung\.zip"/ && 1 == (() = $e =~ /W0408/g), 'packages of a folder are taken like those that are named, signatures with them; an archive that is none is told', "status $status", $said, $e);
put("$tmp/inbox/a1.yaml", slurp("$tmp/in/a1.yaml"));
($status, $said, $e) = en('check', 'set', 'inbox');
ok($status eq 1 && 1 == (() = $e =~ /E0939/g) && $e !~ /E0460/, 'a package beside what it was made of: the same twice', $e);
unlink "$tmp/inbox/a1.yaml";
($status, $said, $e) = en('check', 'set', 'inbox', '--key', 'own.pub');
ok($status eq 1 && codes($e) eq 'W0408 E0941' && $e =~ /E0941\]: "inbox\/a2\.yaml"/, 'with a key each file of the folder that is no package is told', $e);
unlink "$tmp/inbox/a2.yaml", "$tmp/inbox/minh-chung.zip";
($status, $said, $e) = en('check', 'set', 'inbox', '--key', 'own.pub');
ok($status eq 0 && $e !~ /W0408/, 'a folder of signed packages alone is taken', $e);

put("$tmp/both/all.csv", "agency,period,files.done,files.all,plan.made\na1,2026,8,10,yes\na2,2026,5,10,no\n");
($status, $said, $e) = en('pack', 'set', 'both/all.csv', '--agency', 'a1', '-o', 'no.zip');
ok($status eq 1 && codes($e) =~ /E0977$/ && !-e "$tmp/no.zip", 'nor a table that has figures of others too', $e);
put("$tmp/both/all.csv", "agency,period,files.done,files.all,files.sent,plan.made\na1,2026,8,10,11,yes\n");
($status, $said, $e) = en('pack', 'set', 'both/all.csv', '-o', 'no.zip');
ok($status eq 1 && codes($e) eq 'E0979' && !-e "$tmp/no.zip", 'nor figures that others supply', $e);
mkdir "$tmp/two";
put("$tmp/two/a1.yaml", "ari: evidence/1\nset: office\nagency: a1\nperiod: 2026\nevidence:\n  plan: {made: yes}\n");
put("$tmp/in/a1.yaml", $evidence =~ s/  plan:.*//sr);
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', 'two/a1.yaml', '-o', 'no.zip');
ok($status eq 1 && codes($e) eq 'E0973' && $e =~ /: another file has the same name\n/ && !-e "$tmp/no.zip", 'two files of one name', $e);
put("$tmp/in/a1.yaml", $evidence =~ s/13\.pdf/"a:b.pdf"/r);
put("$tmp/in/a:b.pdf", 'x');
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'no.zip');
ok($status eq 1 && codes($e) eq 'E0973' && $e =~ /: it holds one of the signs/ && $e =~ /a1\.yaml:10:/ && !-e "$tmp/no.zip", 'a name that not every disk takes', $e);
put("$tmp/in/A1.YAML", 'x');
put("$tmp/in/a1.yaml", $evidence =~ s/file: 13\.pdf/file: A1.YAML/r);
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'no.zip');
ok($status eq 1 && codes($e) eq 'E0973' && $e =~ /differs from it only by capitals/ && !-e "$tmp/no.zip", 'a name that some disks take for another', $e);
unlink "$tmp/in/A1.YAML";
put("$tmp/in/a1.yaml", $evidence =~ s/done: 8/done: 80/r);
($status, $said, $e) = en('pack', 'set', 'in/a1.yaml', '-o', 'no.zip');
ok($status eq 1 && !-e "$tmp/no.zip", 'evidence with an error is not packed', $e);
($status, $said, $e) = en('check', 'set', 'absent.zip');
ok($status eq 3 && codes($e) eq 'F0002', 'a package that is not there', $e);

mkdir "$tmp/many";
put("$tmp/many/$_.pdf", $_) for 1 .. 4998;   # with the evidence, the sheet and the manifest 5001
put("$tmp/many/a1.yaml", $evidence =~ s/\[\{number: 12.*?\}\]$/'[' . join(', ', map { "{title: T, file: $_.pdf}" } 1 .. 4998) . ']'/emr =~ s/^  plan:.*//msr);
($status, $said, $e) = en('pack', 'set', 'many/a1.yaml', '-o', 'many.zip');
ok($status ne 0 && codes($e) eq 'E0987' && !-e "$tmp/many.zip", 'more than whoever receives it would open is not packed', "status $status", $said, substr $e, 0, 500);
put("$tmp/many/a1.yaml", slurp("$tmp/many/a1.yaml") =~ s/, \{title: T, file: 4998\.pdf\}//r);
($status, $said, $e) = en('pack', 'set', 'many/a1.yaml', '-o', 'many.zip');
ok($status eq 0 && (en('check', 'set', 'many.zip'))[0] eq 0, 'and what is packed is opened', substr $e, 0, 500);

done();

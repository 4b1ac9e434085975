# One agency's work for bench.pl, on the model set of a ministry: the form, the same read back, its own sheet, the package. The floor is what reading and checking the set and the evidence
# takes (`ari check`); processor time and the clock, and each is meant to stay below a tenth of a second.
use strict;
use warnings;

sub bench_agency {
  my ($ari, $tmp, $top) = @_;
  my $set = "$top/criteria/ministry-departments";
  my $folder = "$tmp/agency";
  make_path($folder);
  write_file("$folder/a.yaml", slurp("$set/example/don-vi-a.yaml"));
  my @source = ($set, "$folder/a.yaml");
  my @form = ('form', $set, '--agency', 'don-vi-a', '--period', '2026', '--from', "$folder/a.yaml");
  my ($floor, $floor_cpu) = timed('/dev/null', 0, $ari, 'check', @source);
  printf "\none agency, %s\n  %-34s %8.3f s   %8.3f s of the processor\n", 'criteria/ministry-departments', 'check, YAML (the floor)', $floor, $floor_cpu;
  for my $step (['form as a workbook', @form, '-o', "$folder/form.xlsx"], ['form in YAML', @form, '-o', "$folder/form.yaml"], ['check, workbook', 'check', $set, "$folder/form.xlsx"],
                ['assess', 'assess', @source], ['assess, workbook', 'assess', $set, "$folder/form.xlsx"], ['assess, a page to sign', 'assess', @source, '-o', "$folder/sheet.html"],
                ['pack', 'pack', @source, '-o', "$folder/a.zip"], ['assess, package', 'assess', $set, "$folder/a.zip"]) {
    my ($what, @words) = @$step;
    # A form or a package that is there already is not written over.
    my @fresh = $words[-2] eq '-o' ? ('sh', '-c', 'rm -f "$0"; exec "$@"', $words[-1]) : ();
    my ($wall, $cpu, $peak) = timed('/dev/null', 0, @fresh, $ari, @words);
    printf "  %-34s %8.3f s   %8.3f s of the processor   %5.2f x check   peak %.0f MiB\n", $what, $wall, $cpu, $cpu / $floor_cpu, $peak;
  }
}

1;

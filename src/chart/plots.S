/* The scripts of plots/, put into the program: nothing has to be found at run time. Each ends with a NUL. */
    .section .rodata
    .macro script name, file
    .globl ari_plot_\name
    .type ari_plot_\name, @object
ari_plot_\name:
    .incbin "\file"
    .byte 0
    .size ari_plot_\name, . - ari_plot_\name
    .endm

    script style, "style.gp"
    script ranking, "ranking.gp"
    script radar, "radar.gp"
    script heat, "heat.gp"
    script distribution, "distribution.gp"
    script waterfall, "waterfall.gp"
    script dumbbell, "dumbbell.gp"
    script interval, "interval.gp"
    script bump, "bump.gp"

    .section .note.GNU-stack, "", @progbits

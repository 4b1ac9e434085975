/* The style sheet and the script of report.html, put into the program: nothing has to be found at run time. Each ends with a NUL. */
    .section .rodata
    .macro text name, file
    .globl ari_page_\name
    .type ari_page_\name, @object
ari_page_\name:
    .incbin "\file"
    .byte 0
    .size ari_page_\name, . - ari_page_\name
    .endm

    text style, "report.css"
    text script, "report.js"

    .section .note.GNU-stack, "", @progbits

/**
 * What checks found as SARIF 2.1.0 (OASIS Standard, 2020), the form in which services show results
 * of analysis tools beside the files of a repository.
 */
@NullMarked
package io.tcescope.cli.sarif;

import org.jspecify.annotations.NullMarked;

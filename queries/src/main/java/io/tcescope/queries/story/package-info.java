/**
 * A run as a story: what happened to each bridge and each VIO window, step by step, in words that
 * another run of the same scene would use too; and where two stories part.
 */
@NullMarked
package io.tcescope.queries.story;

import org.jspecify.annotations.NullMarked;

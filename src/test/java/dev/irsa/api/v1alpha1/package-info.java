/** Tests of the resources' records and schema. */
@NullMarked
package dev.irsa.api.v1alpha1;

import org.jspecify.annotations.NullMarked;

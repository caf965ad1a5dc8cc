/** How a role says whose it is: the tags it carries, and what they prove. */
@NullMarked
package dev.irsa.ownership;

import org.jspecify.annotations.NullMarked;

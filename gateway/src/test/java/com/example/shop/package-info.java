/** A host application for the tests of the plugin. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;

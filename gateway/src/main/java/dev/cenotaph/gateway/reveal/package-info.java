/** Whom the gateway tells what it knows of the trash: nobody learns from us what the upstream would have kept from him. */
@NullMarked
package dev.cenotaph.gateway.reveal;

import org.jspecify.annotations.NullMarked;

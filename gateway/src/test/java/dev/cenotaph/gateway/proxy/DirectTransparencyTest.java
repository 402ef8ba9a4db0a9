package dev.cenotaph.gateway.proxy;

/** As the proxy forwards where nothing needs the chain. */
class DirectTransparencyTest extends TransparencyTest {
    DirectTransparencyTest() {
        super("direct");
    }
}

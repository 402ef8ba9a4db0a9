package dev.cenotaph.load.speed.upstream;

import dev.cenotaph.load.Arguments;
import dev.cenotaph.load.Parent;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The upstream's program. It lives as long as the process that started it. */
public final class Upstream implements AutoCloseable {
    private static final String PORT = "--port";
    private static final int LONGEST_REQUEST = 1 << 20;

    private final EventLoopGroup threads;
    private final Channel server;

    private Upstream(EventLoopGroup threads, Channel server) {
        this.threads = threads;
        this.server = server;
    }

    public static void main(String[] arguments) {
        Arguments options = Arguments.parse(Set.of(PORT), arguments);
        Parent.endWithIt();
        Upstream upstream = start(options.port(PORT, 0));
        System.out.println(upstream.port());
        upstream.server.closeFuture().syncUninterruptibly();
    }

    /** @param port to listen on; 0 for any that is free */
    public static Upstream start(int port) {
        var threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var states = new OrderStates();
        var pages = new Pages();
        Channel server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpRequestDecoder(),
                                        new HttpObjectAggregator(LONGEST_REQUEST),
                                        new UpstreamHandler(states, pages));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .syncUninterruptibly()
                .channel();
        return new Upstream(threads, server);
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

package dev.cenotaph.gateway.proxy;

import io.netty.channel.ChannelPipeline;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.cloud.gateway.filter.WeightCalculatorWebFilter;
import org.springframework.web.server.WebFilter;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Puts a {@link GoneDoor} into each connection on which answers are written as they are. */
final class GoneDoors implements NettyServerCustomizer {
    /** Who wants to see, count or change each answer. */
    private static final List<String> WATCHERS = List.of(
            NettyPipeline.AccessLogHandler,
            NettyPipeline.CompressionHandler,
            NettyPipeline.HttpMetricsHandler,
            NettyPipeline.H2CUpgradeHandler);

    private final GoneDoor.House house;
    private final ObjectProvider<WebFilter> webFilters;

    /** @param webFilters who see each request before it is answered */
    GoneDoors(GoneDoor.House house, ObjectProvider<WebFilter> webFilters) {
        this.house = house;
        this.webFilters = webFilters;
    }

    private static boolean neverAnswers(WebFilter filter) {
        return filter instanceof WeightCalculatorWebFilter;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null
                    && WATCHERS.stream().allMatch(name -> pipeline.get(name) == null)
                    && webFilters.stream().allMatch(GoneDoors::neverAnswers)) {
                pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "cenotaph.goneDoor", new GoneDoor(house));
            }
        });
    }
}

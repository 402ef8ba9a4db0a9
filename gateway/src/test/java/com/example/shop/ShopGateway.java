package com.example.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Cloud Gateway of somebody else: it knows of Cenotaph by its class path alone. */
@SpringBootApplication(proxyBeanMethods = false)
public class ShopGateway {}

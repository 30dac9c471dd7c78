<?php
/**
 * Every page.
 *
 * @package Gip4all
 */

?><!doctype html>
<html <?php language_attributes(); ?>>
<head><meta charset="utf-8"><?php wp_head(); ?></head>
<body <?php body_class(); ?>>
<?php wp_body_open(); ?>
<header><?php the_custom_logo(); ?><?php the_header_image_tag(); ?></header>
<?php while ( have_posts() ) : ?>
	<?php the_post(); ?>
<article>
	<h1><?php the_title(); ?></h1>
	<?php the_post_thumbnail( 'large' ); ?>
	<?php the_post_thumbnail( 'card' ); ?>
	<div style="min-height:4rem;background-image:url(<?php the_post_thumbnail_url( 'full' ); ?>)"></div>
	<p><img src="<?php echo esc_url( wp_get_attachment_image_url( get_post_thumbnail_id(), 'medium' ) ); ?>" alt="written by hand"></p>
	<p><img src="<?php echo esc_url( wp_get_attachment_url( get_post_thumbnail_id() ) ); ?>" alt="the attachment's URL"></p>
	<?php echo wp_get_attachment_image( get_post_thumbnail_id(), 'banner' ); ?>
	<?php the_content(); ?>
</article>
<?php endwhile; ?>
<aside><?php dynamic_sidebar( 'side' ); ?></aside>
<?php wp_footer(); ?>
</body>
</html>

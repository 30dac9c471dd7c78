<?php
/**
 * Writes pages as the block editor, the classic editor and people do.
 *
 * @package Gip4all
 */

/**
 * Publishes a page and gives its path.
 *
 * @param string $name    Its name.
 * @param string $content Its content.
 * @param int    $image   Its featured image.
 */
function rig_page( string $name, string $content, int $image ): string {
	$post = array(
		'post_title'   => ucfirst( $name ),
		'post_name'    => $name,
		'post_status'  => 'publish',
		'post_content' => $content,
		'post_date'    => '2026-01-02 03:04:05',
	);
	$id   = wp_insert_post( wp_slash( $post ), true );
	if ( is_wp_error( $id ) ) {
		fwrite( STDERR, $id->get_error_message() . "\n" );
		exit( 1 );
	}
	set_post_thumbnail( $id, $image );
	return (string) wp_parse_url( get_permalink( $id ), PHP_URL_PATH );
}

/**
 * An image block.
 *
 * @param int    $id   The attachment.
 * @param string $size A size's name.
 */
function rig_image_block( int $id, string $size ): string {
	return '<!-- wp:image {"id":' . $id . ',"sizeSlug":"' . $size . '","linkDestination":"media"} -->' . "\n"
		. '<figure class="wp-block-image size-' . $size . '"><a href="' . rig_url( $id ) . '"><img src="' . rig_url( $id, $size ) . '" alt="" class="wp-image-' . $id . '"/></a></figure>' . "\n<!-- /wp:image -->\n\n";
}

/**
 * A block with a paragraph inside.
 *
 * @param string $name       The block's name.
 * @param array  $attributes Its attributes.
 * @param string $before     HTML before the paragraph.
 * @param string $after      HTML after it.
 */
function rig_block( string $name, array $attributes, string $before, string $after ): string {
	return '<!-- wp:' . $name . ' ' . wp_json_encode( $attributes, JSON_UNESCAPED_SLASHES ) . ' -->' . $before
		. '<!-- wp:paragraph --><p>' . $name . '</p><!-- /wp:paragraph -->' . $after . '<!-- /wp:' . $name . " -->\n\n";
}

/**
 * The blocks that show an image.
 *
 * @param array<string, int> $image Attachments by name.
 */
function rig_blocks( array $image ): string {
	$html    = '';
	$shown   = array( array( 'photo', 'full' ), array( 'photo', 'large' ), array( 'tall', 'thumbnail' ), array( 'moving', 'full' ), array( 'alpha', 'medium' ), array( 'edited', 'large' ) );
	$gallery = '';
	foreach ( $shown as $one ) {
		$html .= rig_image_block( $image[ $one[0] ], $one[1] );
	}
	foreach ( array( 'photo', 'tall', 'modern' ) as $name ) {
		$gallery .= rig_image_block( $image[ $name ], 'large' );
	}
	$html .= '<!-- wp:gallery {"linkTo":"none"} --><figure class="wp-block-gallery has-nested-images columns-default is-cropped">' . $gallery . "</figure><!-- /wp:gallery -->\n\n";
	return $html . rig_covers( $image ) . rig_by_hand( $image ) . '<!-- wp:latest-posts {"displayFeaturedImage":true,"featuredImageSizeSlug":"medium"} /-->';
}

/**
 * Blocks with an image behind or beside a text.
 *
 * @param array<string, int> $image Attachments by name.
 */
function rig_covers( array $image ): string {
	$photo  = rig_url( $image['photo'] );
	$tall   = rig_url( $image['tall'] );
	$cover  = '<div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__background has-background-dim"></span><img class="wp-block-cover__image-background wp-image-' . $image['photo'] . '" alt="" src="' . $photo . '" data-object-fit="cover"/><div class="wp-block-cover__inner-container">';
	$fixed  = '<div class="wp-block-cover has-parallax"><div role="img" class="wp-block-cover__image-background wp-image-' . $image['tall'] . ' has-parallax" style="background-position:50% 50%;background-image:url(' . $tall . ')"></div><div class="wp-block-cover__inner-container">';
	$beside = '<div class="wp-block-media-text is-stacked-on-mobile"><figure class="wp-block-media-text__media"><img src="' . rig_url( $image['alpha'] ) . '" alt="" class="wp-image-' . $image['alpha'] . ' size-full"/></figure><div class="wp-block-media-text__content">';
	$behind = array(
		'style'  => array(
			'background' => array(
				'backgroundImage' => array(
					'url'    => rig_url( $image['modern'] ),
					'id'     => $image['modern'],
					'source' => 'file',
					'title'  => 'modern',
				),
			),
		),
		'layout' => array( 'type' => 'constrained' ),
	);
	return rig_block( 'cover', array( 'url' => $photo, 'id' => $image['photo'], 'dimRatio' => 50 ), $cover, '</div></div>' )
		. rig_block( 'cover', array( 'url' => $tall, 'id' => $image['tall'], 'hasParallax' => true ), $fixed, '</div></div>' )
		. rig_block( 'media-text', array( 'mediaId' => $image['alpha'], 'mediaType' => 'image' ), $beside, '</div></div>' )
		. rig_block( 'group', $behind, '<div class="wp-block-group">', '</div>' );
}

/**
 * HTML that people and other plugins write.
 *
 * @param array<string, int> $image Attachments by name.
 */
function rig_by_hand( array $image ): string {
	$large = rig_url( $image['photo'], 'large' );
	$lazy  = rig_url( $image['photo'], 'medium_large' );
	return '<!-- wp:html -->'
		. '<picture><source type="image/webp" srcset="' . rig_url( $image['modern'], 'medium' ) . ' 300w, ' . rig_url( $image['modern'] ) . ' 1400w" sizes="300px"><img src="' . rig_url( $image['photo'], 'medium' ) . '" alt="a picture" width="300" height="193"></picture>'
		. '<div style="min-height:4rem;background:url(\'' . $large . '\') no-repeat"></div>'
		. '<img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="' . $lazy . '" data-srcset="' . $lazy . ' 768w, ' . $large . ' 1024w" alt="lazy" width="76" height="51">'
		. '<noscript><img src="' . $lazy . '" alt="without scripts"></noscript>'
		. '<video poster="' . $large . '" width="300" height="200"></video>'
		. '<style>.rig-style{background-image:url(' . rig_url( $image['alpha'] ) . ')}</style><p class="rig-style rig-css" style="min-height:4rem">style</p>'
		. '<script type="application/json">{"image":"' . str_replace( '/', '\\/', rig_url( $image['photo'] ) ) . '"}</script>'
		. "<!-- /wp:html -->\n\n";
}

/**
 * What the classic editor writes, and addresses without scheme or host.
 *
 * @param array<string, int> $image Attachments by name.
 */
function rig_classic( array $image ): string {
	$large = rig_url( $image['photo'], 'large' );
	$id    = $image['photo'];
	return '<p>[caption id="attachment_' . $id . '" align="alignnone" width="300"]<img class="size-medium wp-image-' . $id . '" src="' . rig_url( $id, 'medium' ) . '" alt="caption" width="300" height="200" /> words[/caption]</p>'
		. '<p>[gallery ids="' . $id . ',' . $image['tall'] . ',' . $image['alpha'] . '" size="medium"]</p>'
		. '<p><a href="' . rig_url( $id ) . '"><img class="alignnone size-full" src="' . rig_url( $image['alpha'] ) . '" alt="without a class" /></a>'
		. '<img src="' . wp_make_link_relative( $large ) . '" alt="relative" /><img src="' . preg_replace( '~^http:~', '', $large ) . '" alt="without scheme" /></p>';
}

/**
 * Images whose names are not plain.
 *
 * @param array<string, int> $image Attachments by name.
 */
function rig_names( array $image ): string {
	$html = '';
	foreach ( array( 'tall', 'loud', 'script', 'edited' ) as $name ) {
		$html .= rig_image_block( $image[ $name ], 'medium' ) . rig_image_block( $image[ $name ], 'full' );
	}
	$space = str_replace( ' ', '%20', rig_url( $image['space'] ) );
	if ( is_multisite() ) {
		// As code names it that works for all sites of a network.
		$html .= '<!-- wp:html --><p><img src="' . str_replace( site_url( '/' ), network_site_url( '/' ), rig_url( $image['loud'] ) ) . '" alt="by the network"></p><!-- /wp:html -->';
	}
	return $html . '<!-- wp:html --><p><img src="' . $space . '" alt="a space"><img src="' . $space . '?v=2" alt="a query"></p><!-- /wp:html -->';
}

/**
 * Sets up the classic theme, which shows an image in each place it has.
 *
 * @param array<string, int> $image Attachments by name.
 */
function rig_classic_theme( array $image ): void {
	$blocks = get_stylesheet();
	switch_theme( 'gip4all-classic' );
	set_theme_mod( 'custom_logo', $image['alpha'] );
	set_theme_mod( 'header_image', rig_url( $image['photo'] ) );
	set_theme_mod(
		'header_image_data',
		(object) array(
			'attachment_id' => $image['photo'],
			'url'           => rig_url( $image['photo'] ),
			'thumbnail_url' => rig_url( $image['photo'] ),
			'width'         => 2560,
			'height'        => 1707,
		)
	);
	set_theme_mod( 'background_image', rig_url( $image['modern'] ) );
	wp_update_custom_css_post( '.rig-css{background-image:url(' . rig_url( $image['alpha'] ) . ')}' );
	update_option( 'widget_text', array( 2 => array( 'title' => '', 'text' => '<img src="' . rig_url( $image['photo'], 'medium' ) . '" alt="text">', 'filter' => true, 'visual' => true ), '_multiwidget' => 1 ) );
	update_option( 'widget_media_image', array( 2 => array( 'attachment_id' => $image['photo'], 'size' => 'medium', 'url' => '' ), '_multiwidget' => 1 ) );
	update_option( 'widget_block', array( 2 => array( 'content' => rig_image_block( $image['alpha'], 'medium' ) ), '_multiwidget' => 1 ) );
	wp_set_sidebars_widgets( array( 'side' => array( 'text-2', 'media_image-2', 'block-2' ), 'wp_inactive_widgets' => array() ) );
	$widgets = get_option( 'sidebars_widgets' );
	switch_theme( $blocks );
	// A change of themes moves widgets about; the mark is the theme that a page asks for.
	update_option( 'sidebars_widgets', $widgets );
}
